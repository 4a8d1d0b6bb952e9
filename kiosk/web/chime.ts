// The kiosk's own bell: heard at the desk when somebody calls staff. Needs the browser's permission to sound without a
// touch (--autoplay-policy=no-user-gesture-required); without it the screen alone shows the call.
import { type Chime, playChime } from "@matanai/web/core";

const chime: Chime = {
  tones: [
    { hertz: 988, after: 0 },
    { hertz: 784, after: 0.35 },
    { hertz: 988, after: 0.9 },
    { hertz: 784, after: 1.25 },
  ],
  seconds: 0.45,
  loudness: 0.4,
};
/** A press rings at once; the kiosk program's frame that follows it does not ring again */
const pauseMs = 3000;
let rangAt = Number.NEGATIVE_INFINITY;

export function ring(): void {
  const now = performance.now();
  if (now - rangAt < pauseMs) return;
  rangAt = now;
  try {
    const context = new AudioContext();
    playChime(context, chime);
    setTimeout(() => void context.close(), 3000);
  } catch {
    // No sound device: the call is on the screen.
  }
}
