// Keeps a public touch screen from doing what a browser does: no menus, no selecting, no zooming, no dragging; keys go to
// the scanner first.
import { makeScanDetector } from "./model/scanner.ts";
import { happen, model } from "./store.ts";

const prevented = [
  "contextmenu",
  "dragstart",
  "selectstart",
  "gesturestart",
  "gesturechange",
  "dblclick",
];

export function guardTouches(page: Document): void {
  for (const type of prevented) page.addEventListener(type, (event) => event.preventDefault());
  page.addEventListener("wheel", (event) => event.ctrlKey && event.preventDefault(), {
    passive: false,
  });
  page.addEventListener("pointerdown", () => happen({ type: "touch" }), { capture: true });
}

export function listenToKeys(page: Document): void {
  const detector = makeScanDetector();
  page.addEventListener(
    "keydown",
    (event) => {
      const heard = detector.hear({
        key: event.key,
        at: event.timeStamp,
        isComposing: event.isComposing,
      });
      if (heard.isMine) {
        event.preventDefault();
        event.stopPropagation();
      }
      if (heard.isNumber && model.value.screen.kind === "code") happen({ type: "enter" });
      else if (heard.token) happen({ type: "scanned", token: heard.token });
      else if (heard.isMisread || heard.isNumber) happen({ type: "misread" });
      else if (!heard.isMine) onFinger(event);
    },
    { capture: true },
  );
}

/** A keyboard at the kiosk (maintenance, assistive keypads) types the reservation number, too. */
function onFinger(event: KeyboardEvent): void {
  if (event.key === "Escape") happen({ type: "back" });
  if (model.value.screen.kind !== "code") return;
  if (/^[0-9]$/.test(event.key)) happen({ type: "digit", digit: event.key });
  if (event.key === "Backspace") happen({ type: "delete" });
}
