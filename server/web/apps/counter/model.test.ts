import { describe, expect, it } from "vitest";
import type { WindowState } from "../../api/types.ts";
import {
  type Action,
  absentIsDue,
  actions,
  allowedOf,
  callThisOf,
  commandOf,
  expectedOf,
  findNumber,
  goOf,
  isSilent,
  lineOf,
  meaningOf,
  minutesBetween,
  ownWindow,
  pickNeighbour,
  silentMs,
  spotOf,
  undoLeft,
  withWindow,
} from "./model.ts";
import { floor, person, waiting, windowAt } from "./testing/floors.ts";

const at = Date.parse("2026-11-24T01:42:00.000Z");
const line = [waiting("A045"), waiting("A046")];

describe("the large button", () => {
  const cases: [string, WindowState, typeof line, boolean, string, string | undefined][] = [
    ["a free window calls the next person", windowAt("free"), line, false, "call", "next"],
    ["a free window without a line waits", windowAt("free"), [], false, "nobody", undefined],
    ["a call is answered by arrival", windowAt("called"), line, false, "arrived", "start"],
    [
      "serving ends with the next call",
      windowAt("serving"),
      line,
      false,
      "finish_and_call",
      "next",
    ],
    ["serving the last person only ends", windowAt("serving"), [], false, "finish", "finish"],
    ["a paused window goes on", windowAt("paused"), line, false, "resume", "resume"],
    ["a window closed elsewhere opens again", windowAt("closed"), line, false, "open", "open"],
    ["a silent line stops calling", windowAt("serving"), line, true, "stopped", undefined],
  ];
  it.each(cases)("%s", (_, window, people, isStale, kind, command) => {
    const go = goOf(window, people, isStale);
    expect([go.kind, go.command?.command]).toEqual([kind, command]);
  });

  it("names the person the clerk sees, so that nobody else is finished", () => {
    expect(goOf(windowAt("serving"), line, false).command?.expected_ticket).toBe("t-A044");
    expect(goOf(windowAt("called"), line, false).command?.expected_ticket).toBe("t-A044");
    expect(goOf(windowAt("free"), line, false).command?.expected_ticket).toBeUndefined();
  });

  it("keeps its meaning when another person moves to the head of the line", () => {
    const free = windowAt("free");
    const before = meaningOf(goOf(free, line, false), free);
    expect(meaningOf(goOf(free, line.slice(1), false), free)).toBe(before);
  });

  it("changes its meaning with the person at the window", () => {
    const one = windowAt("serving");
    const other = windowAt("serving", { ticket: person("A045", { state: "serving" }) });
    expect(meaningOf(goOf(other, line, false), other)).not.toBe(
      meaningOf(goOf(one, line, false), one),
    );
  });
});

describe("the fixed actions", () => {
  const allowed = (window: WindowState, isStale = false) =>
    actions.filter((action) => allowedOf(action, window, isStale) === "yes");
  const cases: [WindowState["state"], Action[]][] = [
    ["free", ["groups", "pause"]],
    ["called", ["recall", "absent", "put_back", "groups"]],
    ["serving", ["hold", "finish", "groups"]],
    ["paused", ["groups"]],
  ];
  it.each(cases)("at a %s window", (state, yes) => {
    expect(allowed(windowAt(state))).toEqual(yes);
  });
  it("are all stopped when the line is silent", () => {
    expect(allowed(windowAt("serving"), true)).toEqual([]);
  });
  it("say which state they need, and what is not built yet", () => {
    expect(allowedOf("recall", windowAt("free"), false)).toBe("called");
    expect(allowedOf("transfer", windowAt("serving"), false)).toBe("later");
  });
  it("name the person they act on", () => {
    expect(commandOf("hold", windowAt("serving"))).toEqual({
      command: "hold",
      expected_ticket: "t-A044",
    });
    expect(commandOf("pause", windowAt("free"))).toBeUndefined();
  });
});

describe("calling a chosen row", () => {
  it.each([
    ["free", "yes"],
    ["serving", "ask"],
    ["called", "no"],
    ["paused", "no"],
  ] as const)("at a %s window: %s", (state, answer) => {
    expect(callThisOf(windowAt(state), false)).toBe(answer);
  });
  it("is not possible when the line is silent", () => {
    expect(callThisOf(windowAt("free"), true)).toBe("no");
  });
});

describe("the line of a window", () => {
  const everybody = floor({
    waiting: [
      waiting("C030"),
      waiting("A045"),
      waiting("R014", { group: "A" }),
      waiting("S009"),
      waiting("C028", { order_reason: "returned" }),
    ],
  });
  it("has its groups in their order, returned people first, others not at all", () => {
    const numbers = lineOf(everybody, ["A", "C"]).map((ticket) => ticket.number);
    expect(numbers).toEqual(["C028", "A045", "R014", "C030"]);
  });
  it("turns with the order of the groups", () => {
    expect(lineOf(everybody, ["C", "A"]).map((ticket) => ticket.number)).toEqual([
      "C028",
      "C030",
      "A045",
      "R014",
    ]);
  });
});

describe("a clerk's own window", () => {
  const windows = [
    windowAt("free", { window: "1", staff: "sato" }),
    windowAt("free", { window: "2" }),
    windowAt("serving", { window: "3" }),
  ];
  it("is the remembered one while it is theirs", () => {
    expect(ownWindow(floor({ windows }), "yamamoto", "3")?.window).toBe("3");
  });
  it("is not entered by itself from another PC, where it is offered as one's own", () => {
    expect(ownWindow(floor({ windows }), "yamamoto", undefined)).toBeUndefined();
    expect(spotOf(windowAt("serving"), "yamamoto")).toBe("mine");
    expect(spotOf(windowAt("serving"), "sato")).toBe("taken");
    expect(spotOf(windowAt("closed"), "sato")).toBe("free");
  });
  it("is never somebody else's", () => {
    expect(ownWindow(floor({ windows }), "tanaka", "1")).toBeUndefined();
  });
  it("shows the answer of a command before the next frame", () => {
    const after = withWindow(floor({ windows }), windowAt("called", { window: "2" }));
    expect(after.windows.map((one) => one.state)).toEqual(["free", "called", "serving"]);
  });
});

describe("absence", () => {
  const first = Date.parse("2026-11-24T01:35:00.000Z");
  it("is due after three calls", () => {
    expect(absentIsDue(person("A044", { times_called: 2 }), first + 1000)).toBe(false);
    expect(absentIsDue(person("A044", { times_called: 3 }), first + 1000)).toBe(true);
  });
  it("is due three minutes after the first call, also when rung again", () => {
    const ticket = person("A044", { called_at: "2026-11-24T01:37:30.000Z", times_called: 2 });
    expect(absentIsDue(ticket, first + 179_999)).toBe(false);
    expect(absentIsDue(ticket, first + 180_000)).toBe(true);
  });
});

describe("the line", () => {
  it("is silent after 5 s without a message", () => {
    expect(isSilent(1000, 1000 + silentMs - 1)).toBe(false);
    expect(isSilent(1000, 1000 + silentMs)).toBe(true);
  });
});

describe("taking back", () => {
  const undo = { command: "next", number: "A044", until: "2026-11-24T01:42:10.000Z" } as const;
  it("counts the seconds that are left", () => {
    expect(undoLeft(windowAt("called", { undo }), at + 2_500)).toBe(8);
    expect(undoLeft(windowAt("called", { undo }), at + 10_000)).toBe(0);
    expect(undoLeft(windowAt("called"), at)).toBe(0);
  });
});

describe("the lists", () => {
  it("count full minutes", () => {
    expect(minutesBetween("2026-11-24T01:40:01.000Z", at)).toBe(1);
    expect(minutesBetween("2026-11-24T01:43:00.000Z", at)).toBe(0);
  });
  it("move one row and stop at the ends", () => {
    expect(pickNeighbour(line, undefined, 1)).toBe("t-A045");
    expect(pickNeighbour(line, "t-A045", 1)).toBe("t-A046");
    expect(pickNeighbour(line, "t-A046", 1)).toBe("t-A046");
    expect(pickNeighbour(line, undefined, -1)).toBe("t-A046");
    expect(pickNeighbour([], undefined, 1)).toBeUndefined();
  });
  it("find a number however it was typed", () => {
    const numbers = (typed: string) => findNumber(line, typed).map((ticket) => ticket.number);
    expect(numbers("46")).toEqual(["A046"]);
    expect(numbers("a 45")).toEqual(["A045"]);
    expect(numbers("０４")).toEqual(["A045", "A046"]);
    expect(numbers("C45")).toEqual([]);
    expect(numbers("")).toEqual(["A045", "A046"]);
  });
  it("show the reservations of the window's groups, soonest first", () => {
    const visit = (time: string, group: string) => ({
      time,
      start: `2026-11-24T0${Number(time.slice(0, 2)) - 9}:${time.slice(3)}:00.000Z`,
      group,
      service: "moving_in",
      help: [],
      locale: "ja" as const,
    });
    const visits = floor({
      expected: [visit("11:15", "A"), visit("11:00", "A"), visit("10:45", "S")],
    });
    expect(expectedOf(visits, ["A"]).map((one) => one.time)).toEqual(["11:00", "11:15"]);
  });
});
