// The booking page (/): words and clock first, then the flow.
import "../../ui/style.css";
import "./booking.css";
import { render } from "preact";
import { makeClient } from "../../api/client.ts";
import { syncClock } from "../../api/clock.ts";
import { bundle } from "../../words/generated/booking.ts";
import { currentLocale, startWords } from "../../words/index.ts";
import { Booking } from "./app.tsx";
import { makeStore } from "./store.ts";

const client = makeClient({ locale: currentLocale });
await Promise.all([startWords(bundle), syncClock(client)]);
const app = document.getElementById("app");
if (app) render(<Booking store={makeStore(client)} />, app);
