// Sound and vibration when the number is called, for who asked for it (browsers allow sound only after a press).

import { type Chime, playChime } from "../../core/chime.ts";

export interface Alarm {
  turnOn(): void;
  turnOff(): void;
  isOn(): boolean;
  ring(): void;
}

const chime: Chime = {
  tones: [
    { hertz: 880, after: 0 },
    { hertz: 660, after: 0.35 },
    { hertz: 880, after: 1.2 },
    { hertz: 660, after: 1.55 },
  ],
  seconds: 0.5,
  loudness: 0.3,
};
const vibration = [300, 150, 300, 150, 600];

export function makeAlarm(): Alarm {
  let audio: AudioContext | undefined;

  return {
    turnOn() {
      audio ??= new AudioContext();
      void audio.resume();
    },
    turnOff() {
      void audio?.close();
      audio = undefined;
      navigator.vibrate?.(0);
    },
    isOn: () => audio !== undefined,
    ring() {
      if (!audio) return;
      playChime(audio, chime);
      navigator.vibrate?.(vibration);
    },
  };
}
