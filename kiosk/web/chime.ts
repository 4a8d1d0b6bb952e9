// The kiosk's own bell: heard at the desk when somebody calls staff. Needs the browser's permission to sound without a
// touch (--autoplay-policy=no-user-gesture-required); without it the screen alone shows the call.
const tones = [
  { hertz: 988, at: 0 },
  { hertz: 784, at: 0.35 },
  { hertz: 988, at: 0.9 },
  { hertz: 784, at: 1.25 },
];
const lastsS = 0.45;
const loudness = 0.4;
/** A press rings at once; the kiosk program's frame that follows it does not ring again */
const pauseMs = 3000;
let rangAt = Number.NEGATIVE_INFINITY;

export function ring(): void {
  const now = performance.now();
  if (now - rangAt < pauseMs) return;
  rangAt = now;
  try {
    const context = new AudioContext();
    for (const { hertz, at } of tones) {
      const from = context.currentTime + at;
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(loudness, from);
      volume.gain.exponentialRampToValueAtTime(0.001, from + lastsS);
      tone.connect(volume).connect(context.destination);
      tone.start(from);
      tone.stop(from + lastsS);
    }
    setTimeout(() => void context.close(), 3000);
  } catch {
    // No sound device: the call is on the screen.
  }
}
