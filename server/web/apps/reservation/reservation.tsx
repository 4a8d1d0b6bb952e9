// The reservation's own page (/r#secret, or /r with code and contact): show, keep, cancel.
import "../../ui/style.css";
import "./reservation.css";
import { render } from "preact";
import { makeClient } from "../../api/client.ts";
import { syncClock } from "../../api/clock.ts";
import { bundle } from "../../words/generated/reservation.ts";
import { currentLocale, startWords } from "../../words/index.ts";
import { ReservationPage } from "./app.tsx";
import { makeStore } from "./store.ts";

const client = makeClient({ locale: currentLocale });
await Promise.all([startWords(bundle), syncClock(client)]);
const app = document.getElementById("app");
if (app) render(<ReservationPage store={makeStore(client)} />, app);
