// A bell of falling tones, made here so that no file is needed. Whether sound is allowed is the caller's business.

export interface Chime {
  tones: readonly { hertz: number; after: number }[];
  /** How long each tone rings, in seconds; `after` counts from the press in seconds, too */
  seconds: number;
  /** 0 … 1 */
  loudness: number;
}

const silence = 0.0001;
const riseSeconds = 0.02;

/** Plays the chime now on a context that is running. */
export function playChime(context: AudioContext, { tones, seconds, loudness }: Chime): void {
  for (const { hertz, after } of tones) {
    const at = context.currentTime + after;
    const tone = context.createOscillator();
    const level = context.createGain();
    tone.frequency.value = hertz;
    level.gain.setValueAtTime(silence, at);
    level.gain.exponentialRampToValueAtTime(loudness, at + riseSeconds);
    level.gain.exponentialRampToValueAtTime(silence, at + seconds);
    tone.connect(level).connect(context.destination);
    tone.start(at);
    tone.stop(at + seconds);
  }
}
