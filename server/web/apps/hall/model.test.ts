import { describe, expect, it } from "vitest";
import {
  aloneMs,
  boardOfZone,
  groupOf,
  type HallEvent,
  type HallState,
  reduce,
  rowsOf,
  silentMs,
  startState,
  viewOf,
  waitingTotal,
} from "./model.ts";
import { board, call } from "./testing/boards.ts";

const live: HallEvent = { kind: "heard", at: 0 };
const after = (...events: HallEvent[]): HallState => events.reduce(reduce, startState);
const frame = (at: number, ...args: Parameters<typeof board>): HallEvent => ({
  kind: "frame",
  board: board(...args),
  at,
});
const tick = (at: number): HallEvent => ({ kind: "tick", at });
const heard = (at: number): HallEvent => ({ kind: "heard", at });
const shown = (state: HallState) => state.current?.call.number;
const queued = (state: HallState) => state.queue.map((one) => one.number);

describe("the announcements", () => {
  it("does not announce what was called before the page started", () => {
    const state = after(live, frame(0, [call("A044", 7), call("M023", 6)]));
    expect(shown(state)).toBeUndefined();
    expect(viewOf(state, "10:35")).toBe("list");
  });

  it("announces the first call of a day that began empty", () => {
    const state = after(live, frame(0, []), frame(1, [call("A001", 1)]));
    expect(shown(state)).toBe("A001");
    expect(viewOf(state, "10:35")).toBe("call");
  });

  it("keeps a call alone for 8 s and then lists it", () => {
    const called = after(live, frame(0, []), frame(1000, [call("A001", 1)]));
    expect(shown(reduce(called, heard(1000 + aloneMs - 1)))).toBe("A001");
    expect(shown(reduce(called, heard(1000 + aloneMs)))).toBeUndefined();
  });

  it("lets a second call wait until the first has had its time", () => {
    const both = after(
      live,
      frame(0, []),
      frame(0, [call("A001", 1)]),
      frame(2000, [call("C001", 2), call("A001", 1)]),
    );
    expect(shown(both)).toBe("A001");
    expect(queued(both)).toEqual(["C001"]);
    const next = reduce(both, heard(aloneMs));
    expect(shown(next)).toBe("C001");
    expect(next.current?.until).toBe(2 * aloneMs);
  });

  it("announces calls of one frame in the order they were made", () => {
    const state = after(
      live,
      frame(0, []),
      frame(0, [call("Y003", 3), call("S002", 2), call("A001", 1)]),
    );
    expect([shown(state), ...queued(state)]).toEqual(["A001", "S002", "Y003"]);
  });

  it("announces a recall again", () => {
    const state = after(
      live,
      frame(0, [call("A001", 1)]),
      frame(5, [call("A001", 2, { times: 2 })]),
    );
    expect(shown(state)).toBe("A001");
    expect(state.current?.call.times).toBe(2);
  });

  it("rings a number once when it was rung again while it waited its turn", () => {
    const state = after(
      live,
      frame(0, []),
      frame(0, [call("A001", 1)]),
      frame(1, [call("C001", 2), call("A001", 1)]),
      frame(2, [call("C001", 3, { times: 2 }), call("A001", 1)]),
    );
    expect(queued(state)).toEqual(["C001"]);
    expect(state.queue[0]?.call).toBe(3);
  });

  it("drops a waiting announcement when the person has come", () => {
    const state = after(
      live,
      frame(0, []),
      frame(0, [call("A001", 1)]),
      frame(1, [call("C001", 2), call("A001", 1)]),
      frame(2, [call("C001", 2, { is_current: false }), call("A001", 1)]),
    );
    expect(queued(state)).toEqual([]);
    expect(shown(reduce(state, heard(aloneMs)))).toBeUndefined();
  });

  it("takes a call off the panel at once when it was taken back", () => {
    const called = after(live, frame(0, []), frame(0, [call("A001", 1)]));
    const back = reduce(called, frame(1000, []));
    expect(shown(back)).toBeUndefined();
    expect(viewOf(back, "10:35")).toBe("list");
  });

  it("goes on with the next call when the one on the panel was taken back", () => {
    const both = after(
      live,
      frame(0, []),
      frame(0, [call("C001", 2), call("A001", 1)]),
      frame(500, [call("C001", 2)]),
    );
    expect(shown(both)).toBe("C001");
    expect(queued(both)).toEqual([]);
  });

  it("leaves a call its time when the person came, or was rung again", () => {
    const came = [call("A001", 1, { is_current: false })];
    const again = [call("A001", 2, { times: 2 })];
    for (const calls of [came, again]) {
      const state = after(live, frame(0, []), frame(0, [call("A001", 1)]), frame(500, calls));
      expect(state.current?.call.call).toBe(1);
    }
  });

  it("does not repeat a call that comes again in a later frame", () => {
    const state = after(
      live,
      frame(0, []),
      frame(0, [call("A001", 1)]),
      frame(9000, [call("A001", 1)]),
    );
    expect(shown(state)).toBeUndefined();
  });

  it("does not forget what it spoke when the list of calls becomes empty", () => {
    const state = after(
      live,
      frame(0, [call("A009", 9)]),
      frame(1, []),
      frame(2, [call("A009", 9)]),
    );
    expect(shown(state)).toBeUndefined();
  });

  it("announces a call that was made while the server started anew", () => {
    const state = after(
      live,
      frame(0, [call("A009", 9)]),
      frame(1, [call("A010", 10), call("A009", 9)], { epoch: "e2" }),
    );
    expect(shown(state)).toBe("A010");
  });

  it("follows a server that counts its calls from the beginning again", () => {
    const state = after(
      live,
      frame(0, [call("A900", 900)]),
      frame(1, [], { epoch: "e2" }),
      frame(2, [call("A001", 1)], { epoch: "e2" }),
    );
    expect(shown(state)).toBe("A001");
  });
});

describe("a line that went silent", () => {
  const stopped = after(live, frame(0, []), frame(0, [call("A001", 1)]), tick(silentMs));

  it("is one without a sign of life for 5 s", () => {
    expect(after(live, tick(silentMs - 1)).isStale).toBe(false);
    expect(after(live, tick(silentMs)).isStale).toBe(true);
    expect(after(live, heard(4000), tick(silentMs)).isStale).toBe(false);
  });

  it("is also one that never said anything", () => {
    expect(viewOf(after(tick(100), tick(100 + silentMs)), "10:35")).toBe("stale");
  });

  it("shows no number as current", () => {
    expect(viewOf(stopped, "10:35")).toBe("stale");
  });

  it("starts no announcement", () => {
    const queueing = { ...stopped, queue: [call("C001", 2)] };
    expect(shown(reduce(queueing, tick(60_000)))).toBe("A001");
  });

  it("announces what was called meanwhile, if it still is", () => {
    const back = [
      heard(60_000),
      frame(60_001, [call("A003", 3), call("A002", 2, { is_current: false })]),
    ].reduce(reduce, stopped);
    expect(shown(back)).toBe("A003");
    expect(queued(back)).toEqual([]);
  });
});

describe("the view", () => {
  const closedBoard = { is_open: false } as const;
  const cases: [string, HallState, string, string][] = [
    ["nothing heard yet", startState, "10:00", "start"],
    ["open", after(live, frame(0, [])), "10:00", "list"],
    ["before opening", after(live, frame(0, [], closedBoard)), "08:10", "before"],
    ["after closing", after(live, frame(0, [], closedBoard)), "17:20", "end"],
    [
      "after closing, somebody called",
      after(live, frame(0, [call("A1", 1)], closedBoard)),
      "17:20",
      "list",
    ],
  ];
  it.each(cases)("%s", (_, state, time, view) => {
    expect(viewOf(state, time)).toBe(view);
  });

  it("says that the office is closed on a day without hours", () => {
    const { opens: _, closes: __, ...day } = board([], closedBoard);
    expect(viewOf(after(live, { kind: "frame", board: day, at: 0 }), "10:00")).toBe("closed");
  });
});

describe("the list", () => {
  it("has six rows, newest first, and marks the newest that nobody answered", () => {
    const calls = [1, 2, 3, 4, 5, 6, 7].map((n) => call(`A00${n}`, n, { is_current: n !== 7 }));
    const rows = rowsOf(board(calls));
    expect(rows.map((row) => row.call.number)).toEqual([
      "A007",
      "A006",
      "A005",
      "A004",
      "A003",
      "A002",
    ]);
    expect(rows.filter((row) => row.isNew).map((row) => row.call.number)).toEqual(["A006"]);
  });

  it("counts everybody who waits", () => {
    expect(waitingTotal(board([]))).toBe(22);
  });

  it("finds the group of a number, and none for a reservation", () => {
    expect(groupOf(board([]), "C012")?.name_en).toBe("Certificates");
    expect(groupOf(board([]), "R012")).toBeUndefined();
  });
});

describe("a display of one zone", () => {
  const whole = board([call("A001", 1), call("C001", 2, { zone: "B" })], {
    absent: ["A009", "C008", "R007"],
  });
  const part = boardOfZone(whole, "B");

  it("shows the calls and lines of its zone only", () => {
    expect(part.calls.map((one) => one.number)).toEqual(["C001"]);
    expect(part.waiting.map((one) => one.group)).toEqual(["C"]);
  });
  it("names its own missed numbers and every reservation's", () => {
    expect(part.absent).toEqual(["C008", "R007"]);
  });
  it("without a zone shows everything", () => {
    expect(boardOfZone(whole, undefined)).toBe(whole);
  });
});
