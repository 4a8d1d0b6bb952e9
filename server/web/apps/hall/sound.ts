// The chime: two falling tones. The picture never waits for it.
// Browsers refuse sound until the page was touched or the display's settings allow it: `isBlocked` says so to staff,
// it is looked at every 5 s, and any touch or key tries again.
import { type ReadonlySignal, signal } from "@preact/signals";
import { type Chime, playChime } from "../../core/chime.ts";

export interface Sound {
  ring(): void;
  isBlocked: ReadonlySignal<boolean>;
}

const chime: Chime = {
  tones: [
    { hertz: 880, after: 0 },
    { hertz: 660, after: 0.45 },
  ],
  seconds: 1.1,
  loudness: 0.5,
};
const checkEveryMs = 5000;

/** `make` may throw where a machine has no sound at all: then it is blocked for good. */
export function makeSound(make: () => AudioContext = () => new AudioContext()): Sound {
  const isBlocked = signal(false);
  let context: AudioContext | undefined;
  try {
    context = make();
  } catch {
    isBlocked.value = true;
  }

  const look = () => {
    if (!context) return;
    isBlocked.value = context.state !== "running";
    if (isBlocked.value) context.resume().then(look, () => undefined);
  };
  if (context) {
    context.addEventListener("statechange", () => {
      isBlocked.value = context.state !== "running";
    });
    setInterval(look, checkEveryMs);
    document.addEventListener("pointerdown", look);
    document.addEventListener("keydown", look);
    look();
  }

  return {
    isBlocked,
    ring() {
      if (context?.state === "running") playChime(context, chime);
    },
  };
}
