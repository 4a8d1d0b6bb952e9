// The chime: two falling tones, made here so that no file is needed. The picture never waits for it.
// Browsers refuse sound until the page was touched or the display's settings allow it: `isBlocked` says so to staff,
// it is looked at every 5 s, and any touch or key tries again.
import { type ReadonlySignal, signal } from "@preact/signals";

export interface Sound {
  ring(): void;
  isBlocked: ReadonlySignal<boolean>;
}

const tones = [
  { hertz: 880, after: 0 },
  { hertz: 660, after: 0.45 },
];
const toneSeconds = 1.1;
const checkEveryMs = 5000;

function playTone(context: AudioContext, hertz: number, at: number): void {
  const oscillator = context.createOscillator();
  const level = context.createGain();
  oscillator.frequency.value = hertz;
  level.gain.setValueAtTime(0.0001, at);
  level.gain.exponentialRampToValueAtTime(0.5, at + 0.02);
  level.gain.exponentialRampToValueAtTime(0.0001, at + toneSeconds);
  oscillator.connect(level).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + toneSeconds);
}

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
      if (context?.state !== "running") return;
      for (const { hertz, after } of tones) playTone(context, hertz, context.currentTime + after);
    },
  };
}
