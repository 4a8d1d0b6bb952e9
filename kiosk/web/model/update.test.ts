import { describe, expect, it } from "vitest";
import { liveState } from "../testing/live.ts";
import { answer, refusal, rightCode, typed, Visit, wrongCode } from "../testing/visit.ts";
import type { KioskState } from "./types.ts";

describe("a visitor without a reservation", () => {
  it("has a number after three presses", () => {
    const visit = new Visit().does(
      { type: "chose_none" },
      { type: "chose_errand", errand: "move", services: ["move_in", "move_out"] },
      { type: "chose_service", service: "move_in" },
    );
    expect(visit.shows).toBe("working");
    expect(visit.effects).toEqual([{ do: "walk_in", service: "move_in", locale: "ja" }]);
    visit.does({ type: "issued", answer });
    expect(visit.shows).toBe("ticket");
  });

  it("is not asked a second time when an errand has one service", () => {
    const visit = new Visit().does(
      { type: "chose_none" },
      { type: "chose_errand", errand: "unsure", services: ["info"] },
    );
    expect(visit.effects).toEqual([{ do: "walk_in", service: "info", locale: "ja" }]);
  });

  it("goes back one screen at a time", () => {
    const visit = new Visit().does(
      { type: "chose_none" },
      { type: "chose_errand", errand: "move", services: ["a", "b"] },
    );
    visit.does({ type: "back" });
    expect(visit.shows).toBe("groups");
    visit.does({ type: "back" });
    expect(visit.shows).toBe("start");
  });

  it("still gets the number after calling staff meanwhile", () => {
    const visit = new Visit().does(
      { type: "chose_none" },
      { type: "chose_errand", errand: "unsure", services: ["info"] },
      { type: "call_staff", reason: "help" },
      { type: "issued", answer },
    );
    expect(visit.shows).toBe("ticket");
  });

  it("cannot leave while a number is being taken", () => {
    const visit = new Visit().does(
      { type: "chose_none" },
      { type: "chose_errand", errand: "unsure", services: ["info"] },
      { type: "back" },
    );
    expect(visit.shows).toBe("working");
  });
});

describe("a visitor with a reservation", () => {
  it("is checked in by 8 digits with the right check digit", () => {
    const visit = new Visit().does({ type: "chose_booked" }, ...typed(rightCode), {
      type: "enter",
    });
    expect(visit.effects).toEqual([{ do: "check_in", proof: { code: rightCode } }]);
  });

  it("is told of a wrong digit before anything is asked, and keeps what was typed", () => {
    const visit = new Visit().does({ type: "chose_booked" }, ...typed(wrongCode), {
      type: "enter",
    });
    expect(visit.effects).toEqual([]);
    expect(visit.model.screen).toEqual({ kind: "code", digits: wrongCode, fault: "check" });
    // Whoever mistypes again and again is offered staff, as after numbers that nobody has.
    expect(visit.does({ type: "enter" }, { type: "enter" }).model.misses).toBe(3);
  });

  it("is told how many digits are missing", () => {
    const visit = new Visit().does({ type: "chose_booked" }, ...typed("4827"), { type: "enter" });
    expect(visit.model.screen).toEqual({ kind: "code", digits: "4827", fault: "length" });
  });

  it("cannot type a ninth digit", () => {
    const visit = new Visit().does({ type: "chose_booked" }, ...typed("123456789"));
    expect(visit.model.screen).toEqual({ kind: "code", digits: "12345678" });
  });

  it("needs no touch with a QR code", () => {
    const visit = new Visit().does({ type: "scanned", token: "MR…" });
    expect(visit.effects).toEqual([{ do: "check_in", proof: { token: "MR…" } }]);
    expect(visit.shows).toBe("working");
  });

  it("keeps the reservation's language, and sees the ticket in it", () => {
    const visit = new Visit().does({ type: "scanned", token: "a" });
    const english = { ...answer, ticket: { ...answer.ticket, locale: "en" as const } };
    visit.does({ type: "issued", answer: english });
    expect(visit.model.locale).toBe("en");
    expect(visit.effects).toEqual([
      { do: "check_in", proof: { token: "a" } },
      { do: "locale", locale: "en" },
    ]);
    visit.does({ type: "home" });
    expect(visit.effects.at(-1)).toEqual({ do: "locale", locale: "ja" });
  });

  it("sees the ticket in the kiosk's language where it has no words of the ticket's", () => {
    const visit = new Visit().does({ type: "scanned", token: "a" });
    const korean = { ...answer, ticket: { ...answer.ticket, locale: "ko" as const } };
    expect(visit.does({ type: "issued", answer: korean }).model.locale).toBe("ja");
  });

  it("is given a language chosen here, be it the kiosk's own", () => {
    const visit = new Visit().does(
      { type: "language", locale: "ja" },
      { type: "scanned", token: "a" },
    );
    expect(visit.effects.at(-1)).toEqual({ do: "check_in", proof: { token: "a" }, locale: "ja" });
    visit.does({ type: "issued", answer }, { type: "home" }, { type: "scanned", token: "b" });
    expect(visit.effects.at(-1)).toEqual({ do: "check_in", proof: { token: "b" } });
  });

  it("does not lose a shown number to another scan", () => {
    const visit = new Visit().does({ type: "scanned", token: "a" }, { type: "issued", answer });
    visit.does({ type: "scanned", token: "b" });
    expect(visit.shows).toBe("ticket");
    expect(visit.effects).toHaveLength(1);
  });

  it("counts the numbers that were not found, over several tries", () => {
    const visit = new Visit();
    for (let tries = 0; tries < 3; tries += 1) {
      visit.does({ type: "chose_booked" }, ...typed(rightCode), { type: "enter" });
      visit.does(refusal("check_in_not_found", "check_in"));
    }
    expect(visit.model.misses).toBe(3);
    expect(visit.shows).toBe("refused");
  });

  it("comes back to the digits from a refusal", () => {
    const visit = new Visit().does({ type: "chose_booked" }, ...typed(rightCode), {
      type: "enter",
    });
    visit.does(refusal("check_in_too_early", "check_in", { slot: "11:30", from: "11:15" }));
    visit.does({ type: "back" });
    expect(visit.shows).toBe("code");
  });
});

describe("the machine", () => {
  it("says that it cannot print before a number is asked for", () => {
    expect(new Visit({ can_print: false, printer: "paper_out" }).shows).toBe("cannot_print");
  });

  it("says that the day is over, but leaves the minutes before the opening to the server", () => {
    const hours = { is_open: false, opens: "08:30", closes: "17:15" };
    const visit = new Visit(hours);
    visit.now = Date.parse("2026-11-24T08:15:00.000Z");
    expect(visit.shows).toBe("closed");
    visit.now = Date.parse("2026-11-23T23:15:00.000Z");
    expect(visit.shows).toBe("start");
    expect(new Visit({ is_open: false }).shows).toBe("closed");
  });

  it("says that the server is away, and that its own program is", () => {
    expect(new Visit({ server_up: false }).shows).toBe("away");
    expect(new Visit().does({ type: "stale", isStale: true }).shows).toBe("away");
  });

  it("keeps a number on the screen when the printer fails after it", () => {
    const visit = new Visit().does({ type: "scanned", token: "a" }, { type: "issued", answer });
    const papers = [{ message_id: "m1", number: "A012", state: "print_failed" as const }];
    visit.does({ type: "live", state: liveState({ can_print: false, papers }) });
    expect(visit.shows).toBe("ticket");
  });

  it("asks the visitor about a print that nobody knows of", () => {
    const visit = new Visit().does({ type: "scanned", token: "a" }, { type: "issued", answer });
    const papers = [{ message_id: "m1", number: "A012", state: "print_unknown" as const }];
    visit.does({ type: "live", state: liveState({ papers }) });
    expect(visit.shows).toBe("question");
    visit.does({ type: "paper_answer", messageId: "m1", cameOut: false });
    expect(visit.effects.at(-1)).toEqual({ do: "print_answer", messageId: "m1", cameOut: false });
  });

  it("asks on the start screen about a print of an earlier visitor", () => {
    const question = { message_id: "m0", number: "A011", state: "print_unknown" as const };
    expect(new Visit({ question }).shows).toBe("question");
  });

  it("does not bring a ticket to somebody who has gone on", () => {
    const visit = new Visit().does({ type: "issued", answer });
    expect(visit.shows).toBe("start");
  });

  it("brings a late answer to who still reads that there is none, also beside the bell", () => {
    const unanswered = refusal("server_unreachable", "walk_in", { sent: "true" });
    const visit = new Visit().does({ type: "scanned", token: "a" }, unanswered);
    expect(visit.shows).toBe("refused");
    visit.does({ type: "call_staff", reason: "no_number" }).after(45_000);
    expect(visit.shows).toBe("still");
    visit.does({ type: "issued", answer });
    expect(visit.shows).toBe("ticket");
  });

  it("brings no late answer to a screen that promised no number", () => {
    const visit = new Visit().does(
      { type: "scanned", token: "a" },
      refusal("server_unreachable", "walk_in"),
      { type: "issued", answer },
    );
    expect(visit.shows).toBe("refused");
  });

  const mended: [string, Partial<KioskState>][] = [
    ["printer_not_ready", { can_print: false }],
    ["server_unreachable", { server_up: false }],
  ];
  it.each(mended)("leaves %s by itself when it is over", (code, trouble) => {
    const visit = new Visit().does({ type: "scanned", token: "a" }, refusal(code, "check_in"));
    visit.does({ type: "live", state: liveState(trouble) });
    expect(visit.shows).toBe("refused");
    visit.does({ type: "call_staff", reason: "help" });
    visit.does({ type: "live", state: liveState() }, { type: "back" });
    expect(visit.shows).toBe("start");
  });

  it("reloads a page of an earlier build when nobody is there, and only then", () => {
    const visit = new Visit().does({ type: "chose_none" });
    visit.does({ type: "live", state: liveState({ build: "2" }) });
    expect(visit.effects).toEqual([]);
    visit.does({ type: "home" }, { type: "live", state: liveState({ build: "2" }) });
    expect(visit.effects).toEqual([{ do: "reload" }]);
  });
});

describe("time", () => {
  it("lets the start screen stand for ever", () => {
    expect(new Visit().after(10_000_000).model.stillSince).toBeUndefined();
  });

  it("asks after 45 s and starts anew after 20 s more", () => {
    const visit = new Visit().does({ type: "chose_none" }).after(44_999);
    expect(visit.shows).toBe("groups");
    expect(visit.after(1).shows).toBe("still");
    expect(visit.after(19_999).shows).toBe("still");
    expect(visit.after(1).shows).toBe("start");
  });

  it("goes on where it was for somebody who is still there", () => {
    const visit = new Visit().does({ type: "chose_none" }).after(45_000);
    visit.does({ type: "touch" });
    expect(visit.shows).toBe("still");
    visit.does({ type: "still_here" });
    expect(visit.shows).toBe("groups");
    expect(visit.after(44_000).shows).toBe("groups");
  });

  it("takes language and sizes of the visitor back", () => {
    const visit = new Visit().does(
      { type: "language", locale: "en" },
      { type: "toggle_text" },
      { type: "toggle_contrast" },
    );
    visit.after(45_000);
    expect(visit.model).toMatchObject({ locale: "ja", isLarge: false, isContrast: false });
    expect(visit.effects.at(-1)).toEqual({ do: "locale", locale: "ja" });
  });

  it("shows a ticket for 8 s after its paper is out", () => {
    const visit = new Visit().does({ type: "scanned", token: "a" }, { type: "issued", answer });
    expect(visit.after(9000).shows).toBe("ticket");
    const papers = [{ message_id: "m1", number: "A012", state: "printed" as const }];
    visit.does({ type: "live", state: liveState({ papers }) }).after(0);
    expect(visit.after(7999).shows).toBe("ticket");
    expect(visit.after(1).shows).toBe("start");
  });

  it("waits for the answer of the server as long as it takes", () => {
    const visit = new Visit().does({ type: "scanned", token: "a" }).after(100_000);
    expect(visit.shows).toBe("working");
  });
});

describe("staff", () => {
  it("is called once and leads back to where the visitor was", () => {
    const visit = new Visit().does({ type: "chose_none" }, { type: "call_staff", reason: "help" });
    expect(visit.shows).toBe("staff");
    visit.does({ type: "call_staff", reason: "help" });
    expect(visit.effects).toEqual([{ do: "staff_call", reason: "help" }]);
    visit.does({ type: "back" });
    expect(visit.shows).toBe("groups");
  });
});
