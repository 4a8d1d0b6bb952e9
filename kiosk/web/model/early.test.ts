import { describe, expect, it } from "vitest";
import { answer, refusal, Visit } from "../testing/visit.ts";

describe("a visitor who is too early", () => {
  const values = { slot: "11:30", from: "11:15" };
  const refused = (code: string) => refusal(code, "check_in", values, { token: "a" });
  const come = () =>
    new Visit().does({ type: "scanned", token: "a" }, refused("check_in_too_early"));

  it("takes an earlier time, and is checked in at it", () => {
    const visit = come().does({ type: "chose_earlier", time: "10:30" });
    expect(visit.shows).toBe("working");
    expect(visit.effects.at(-1)).toEqual({
      do: "check_in",
      proof: { token: "a" },
      moveTo: "10:30",
    });
    expect(visit.does({ type: "issued", answer }).shows).toBe("ticket");
  });

  it("may choose again when that time was gone", () => {
    const visit = come().does({ type: "chose_earlier", time: "10:30" }, refused("slot_full"));
    visit.does({ type: "chose_earlier", time: "10:45" });
    expect(visit.effects.at(-1)).toMatchObject({ proof: { token: "a" }, moveTo: "10:45" });
  });

  it("takes a ticket for the same service, which gives the reservation up", () => {
    const visit = come().does({ type: "chose_ticket_instead", service: "move_in" });
    expect(visit.effects.at(-1)).toEqual({
      do: "walk_in",
      service: "move_in",
      locale: "ja",
      givesUp: { token: "a" },
    });
    expect(visit.does({ type: "issued", answer }).shows).toBe("ticket");
  });

  it("gives nothing up by a ticket taken after going back", () => {
    const visit = come().does({ type: "back" }, { type: "home" }, { type: "chose_none" });
    visit.does(
      { type: "chose_earlier", time: "10:30" },
      { type: "chose_ticket_instead", service: "move_in" },
      { type: "chose_service", service: "move_in" },
    );
    expect(visit.effects.slice(1)).toEqual([{ do: "walk_in", service: "move_in", locale: "ja" }]);
  });
});
