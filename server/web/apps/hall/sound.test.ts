import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeSound } from "./sound.ts";

/** As much of an AudioContext as the chime uses; `allowed` is what the browser would say to resume(). */
class FakeContext extends EventTarget {
  state: "suspended" | "running" = "suspended";
  isAllowed = false;
  currentTime = 0;
  destination = {};
  started: number[] = [];

  async resume(): Promise<void> {
    if (!this.isAllowed) throw new Error("not allowed");
    this.state = "running";
    this.dispatchEvent(new Event("statechange"));
  }
  createGain() {
    const gain = { setValueAtTime: () => gain, exponentialRampToValueAtTime: () => gain };
    return { gain, connect: (next: unknown) => next };
  }
  createOscillator() {
    return {
      frequency: { value: 0 },
      connect: (next: unknown) => next,
      start: (at: number) => this.started.push(at),
      stop: () => undefined,
    };
  }
}

describe("the chime", () => {
  let context: FakeContext;
  const make = () => makeSound(() => context as unknown as AudioContext);
  beforeEach(() => {
    vi.useFakeTimers();
    context = new FakeContext();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is told to staff as blocked while the browser refuses sound, and stays silent", () => {
    const sound = make();
    expect(sound.isBlocked.value).toBe(true);
    sound.ring();
    expect(context.started).toEqual([]);
  });

  it("comes back by itself when sound is allowed", async () => {
    const sound = make();
    context.isAllowed = true;
    await vi.advanceTimersByTimeAsync(5000);
    expect(sound.isBlocked.value).toBe(false);
    sound.ring();
    expect(context.started).toEqual([0, 0.45]);
  });

  it("comes back when the screen is touched", async () => {
    const sound = make();
    context.isAllowed = true;
    document.dispatchEvent(new Event("pointerdown"));
    await vi.advanceTimersByTimeAsync(0);
    expect(sound.isBlocked.value).toBe(false);
  });

  it("does not stop the display on a machine without sound", () => {
    const sound = makeSound(() => {
      throw new Error("no audio device");
    });
    expect(sound.isBlocked.value).toBe(true);
    expect(() => sound.ring()).not.toThrow();
  });
});
