// A signal of the server's time for what is drawn ("10:34", "5 分"): moves every `everyMs`, and at once when the page
// is looked at again.
import { type ReadonlySignal, signal } from "@preact/signals";
import { serverNow } from "./clock.ts";

export function ticking(everyMs: number): { now: ReadonlySignal<number>; stop: () => void } {
  const now = signal(serverNow());
  const update = () => {
    now.value = serverNow();
  };
  const onVisible = () => {
    if (document.visibilityState === "visible") update();
  };
  const timer = setInterval(update, everyMs);
  document.addEventListener("visibilitychange", onVisible);
  const stop = () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", onVisible);
  };
  return { now, stop };
}
