import { afterEach, describe, expect, it } from "vitest";
import { isDemoClock, serverNow, tellClock } from "./clock.ts";

const real = () => tellClock(new Date().toISOString(), false);
afterEach(real);

describe("clock", () => {
  it("lives in the server's time, half the round trip added", () => {
    const local = Date.parse("2026-11-22T13:00:00Z");
    tellClock("2026-11-24T00:00:00.000Z", true, 200, local);
    const ahead = serverNow() - Date.now();
    expect(ahead).toBe(Date.parse("2026-11-24T00:00:00.100Z") - local);
  });

  it("says when it is a demo", () => {
    tellClock("2026-11-24T00:00:00.000Z", true);
    expect(isDemoClock()).toBe(true);
    real();
    expect(isDemoClock()).toBe(false);
  });
});
