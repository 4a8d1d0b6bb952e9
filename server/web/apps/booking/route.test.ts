import { describe, expect, it } from "vitest";
import { addressOf, allowed, parseRoute, previous, type Route } from "./route.ts";

const nothing = { hasHold: false, hasReservation: false };
const full: Route = { step: "time", office: "moji", errand: "move", service: "move_in" };

describe("addresses of steps", () => {
  it("come back as they were", () => {
    expect(parseRoute(addressOf(full).slice(1))).toEqual(full);
    expect(addressOf({ step: "errand" })).toBe("/");
  });

  it("with nonsense in them are read as far as they make sense", () => {
    expect(parseRoute("?office=../etc&service=<b>&step=nowhere")).toEqual({ step: "errand" });
  });
});

describe("the farthest step", () => {
  it.each<[string, Route, Partial<typeof nothing>, string]>([
    ["nothing known: the office is asked", { step: "time" }, {}, "office"],
    ["no service: the errand is asked", { step: "time", office: "moji" }, {}, "errand"],
    ["a service is enough for the times", full, {}, "time"],
    ["contact without a hold: the time is asked", { ...full, step: "contact" }, {}, "time"],
    ["contact with a hold", { ...full, step: "contact" }, { hasHold: true }, "contact"],
    ["check without a hold: the time is asked", { ...full, step: "check" }, {}, "time"],
    ["done without a reservation begins anew", { ...full, step: "done" }, {}, "errand"],
    ["done with a reservation", { step: "done" }, { hasReservation: true }, "done"],
  ])("%s", (_, route, standing, step) => {
    expect(allowed(route, { ...nothing, ...standing }).step).toBe(step);
  });
});

describe("the step before", () => {
  it("walks back to the errand", () => {
    const walked: string[] = [];
    let route: Route = { ...full, step: "check" };
    while (route.step !== "errand") {
      route = previous(route);
      walked.push(route.step);
    }
    expect(walked).toEqual(["contact", "time", "bring", "errand"]);
    expect(route).toEqual({ step: "errand", office: "moji", errand: "move" });
    expect(previous(route)).toEqual({ step: "errand", office: "moji" });
  });
});
