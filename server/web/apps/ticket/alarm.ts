// Sound and vibration when the number is called, for who asked for it (browsers allow sound only after a press).

export interface Alarm {
  turnOn(): void;
  turnOff(): void;
  isOn(): boolean;
  ring(): void;
}

const notes = [
  { hertz: 880, at: 0 },
  { hertz: 660, at: 0.35 },
  { hertz: 880, at: 1.2 },
  { hertz: 660, at: 1.55 },
];
const noteSeconds = 0.5;
const loudness = 0.3;
const vibration = [300, 150, 300, 150, 600];

export function makeAlarm(): Alarm {
  let audio: AudioContext | undefined;

  function play(context: AudioContext): void {
    for (const { hertz, at } of notes) {
      const start = context.currentTime + at;
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(loudness, start);
      volume.gain.exponentialRampToValueAtTime(0.001, start + noteSeconds);
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + noteSeconds);
    }
  }

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
      play(audio);
      navigator.vibrate?.(vibration);
    },
  };
}
