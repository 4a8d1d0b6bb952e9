// A signal of the server's time for what is drawn ("10:34", "5 分"): moves every `everyMs`, and at once when the page
// is looked at again or the server told its time.
import { effect, type ReadonlySignal, signal } from "@preact/signals";
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
  const unfollow = effect(update);
  const stop = () => {
    unfollow();
    clearInterval(timer);
    document.removeEventListener("visibilitychange", onVisible);
  };
  return { now, stop };
}
