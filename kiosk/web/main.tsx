import "@matanai/web/ui/style.css";
import "./style/frame.css";
import "./style/choices.css";
import "./style/ticket.css";
import "./style/modes.css";
import { startWords } from "@matanai/web/words";
import { bundle } from "@matanai/web/words/kiosk";
import { render } from "preact";
import { guardTouches, listenToKeys } from "./guards.ts";
import { Kiosk } from "./kiosk.tsx";
import { start } from "./store.ts";

/** One millimetre on this device: ?mm=3.15 in the address, set once when the kiosk is installed. */
function setMillimetre(): void {
  const mm = Number(new URLSearchParams(location.search).get("mm"));
  if (mm >= 1 && mm <= 20) document.documentElement.style.setProperty("--mm", `${mm}px`);
}

setMillimetre();
guardTouches(document);
listenToKeys(document);
await startWords(bundle, "ja");
start();
const place = document.getElementById("kiosk");
if (place) render(<Kiosk />, place);
