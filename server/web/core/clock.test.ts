import { afterEach, describe, expect, it, vi } from "vitest";
import { isDemoClock, serverNow, tellClock } from "./clock.ts";
import { ticking } from "./ticking.ts";

const real = () => tellClock(new Date().toISOString(), false);
afterEach(real);

describe("clock", () => {
  it("lives in the server's time, half the round trip added", () => {
    const local = Date.parse("2026-11-22T13:00:00Z");
    tellClock("2026-11-24T00:00:00.000Z", true, 200, local);
    const ahead = serverNow() - Date.now();
    expect(ahead).toBe(Date.parse("2026-11-24T00:00:00.100Z") - local);
  });

  it("moves what is drawn at once", () => {
    const { now, stop } = ticking(60_000);
    tellClock("2026-11-24T00:00:00.000Z", true);
    expect(Math.abs(now.value - serverNow())).toBeLessThan(1000);
    stop();
  });

  it("is not known before it is told", async () => {
    vi.resetModules();
    const fresh = await import("./clock.ts");
    expect(fresh.isClockKnown()).toBe(false);
    fresh.tellClock("2026-11-24T00:00:00.000Z", false);
    expect(fresh.isClockKnown()).toBe(true);
  });

  it("says when it is a demo", () => {
    tellClock("2026-11-24T00:00:00.000Z", true);
    expect(isDemoClock()).toBe(true);
    real();
    expect(isDemoClock()).toBe(false);
  });
});
