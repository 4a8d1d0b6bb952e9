// What the hall display shows and in which order it announces. Pure: time comes in as `at` (a steady clock, ms), what is
// to be shown goes out as state. Not for sound: main rings when `current` changes.
//
// Rules: each call is alone on the panel for at least 8 s; a call that comes meanwhile waits, so calls never cut each
// other off; a recall (the same number with a larger `call`) is announced again; what was called before this page
// started is listed but never announced as new; whoever has come or was put back before their turn is not announced; a
// call that was taken back leaves at once.
import type { Board, BoardCall, BoardGroup } from "../../api/types.ts";

export const aloneMs = 8000;
export const rowCount = 6;
/** Without a beat for so long, no number is shown as current */
export const silentMs = 5000;

export interface Current {
  call: BoardCall;
  /** Alone on the panel until then */
  until: number;
}

export interface HallState {
  board: Board | undefined;
  /** The largest `call` that was announced or listed at the start; undefined before the first frame */
  spoken: number | undefined;
  current: Current | undefined;
  /** Waiting to be announced, in the order of their calls */
  queue: readonly BoardCall[];
  /** When the line last said anything; from the first tick on, when the waiting began */
  heardAt: number | undefined;
  isStale: boolean;
}

export type HallEvent =
  | { kind: "frame"; board: Board; at: number }
  /** Any sign of life of the line, a frame included */
  | { kind: "heard"; at: number }
  | { kind: "tick"; at: number };

export const startState: HallState = {
  board: undefined,
  spoken: undefined,
  current: undefined,
  queue: [],
  heardAt: undefined,
  isStale: false,
};

export function reduce(state: HallState, event: HallEvent): HallState {
  switch (event.kind) {
    case "frame":
      return advance(takeFrame(state, event.board), event.at);
    case "heard":
      return advance({ ...state, heardAt: event.at, isStale: false }, event.at);
    case "tick":
      return advance(listen(state, event.at), event.at);
  }
}

function listen(state: HallState, at: number): HallState {
  if (state.heardAt === undefined) return { ...state, heardAt: at };
  const isStale = at - state.heardAt >= silentMs;
  return isStale === state.isStale ? state : { ...state, isStale };
}

function takeFrame(state: HallState, board: Board): HallState {
  const newest = Math.max(0, ...board.calls.map((call) => call.call));
  if (state.spoken === undefined) return { ...state, board, spoken: newest };
  const spoken = state.spoken;
  const fresh = board.calls.filter((call) => call.call > spoken && call.is_current);
  const waiting = [...state.queue, ...fresh].sort((a, b) => a.call - b.call);
  // A server that started anew may count its calls from the beginning again.
  const isNewRun = state.board?.epoch !== board.epoch;
  return {
    ...state,
    board,
    current: state.current && isOnBoard(board, state.current.call) ? state.current : undefined,
    queue: waiting.filter((call) => isStillCalled(board, call)),
    spoken: isNewRun ? newest : Math.max(spoken, newest),
  };
}

/** False once the person has come, was put back, or was rung again (the later ring is announced instead). */
function isStillCalled(board: Board, call: BoardCall): boolean {
  return board.calls.some((one) => one.call === call.call && one.is_current);
}

/** False once the call was taken back. One that was rung again or answered keeps its time. */
function isOnBoard(board: Board, call: BoardCall): boolean {
  return board.calls.some((one) => one.number === call.number && one.window === call.window);
}

function advance(state: HallState, at: number): HallState {
  if (state.isStale) return state;
  if (state.current && at < state.current.until) return state;
  const [next, ...rest] = state.queue;
  if (next) return { ...state, current: { call: next, until: at + aloneMs }, queue: rest };
  return state.current ? { ...state, current: undefined } : state;
}

/** The board as one zone's display sees it; without a zone the whole office. */
export function boardOfZone(board: Board, zone: string | undefined): Board {
  if (!zone) return board;
  const waiting = board.waiting.filter((group) => group.zone === zone);
  const calls = board.calls.filter((call) => call.zone === zone);
  const letters = new Set([...waiting.map((group) => group.group), "R"]);
  const absent = board.absent.filter((number) => letters.has(number.charAt(0)));
  return { ...board, waiting, calls, absent };
}

export type HallView = "start" | "stale" | "call" | "list" | "before" | "end" | "closed";

/** `time` is the office's clock ("10:35"). A hall with called numbers keeps its list, also after closing time. */
export function viewOf(state: HallState, time: string): HallView {
  const { board } = state;
  if (state.isStale) return "stale";
  if (!board) return "start";
  if (state.current) return "call";
  if (board.is_open || board.calls.some((call) => call.is_current)) return "list";
  if (!board.opens) return "closed";
  return time < board.opens ? "before" : "end";
}

export interface Row {
  call: BoardCall;
  /** The newest call that nobody has answered yet */
  isNew: boolean;
}

export function rowsOf(board: Board): Row[] {
  const newestFirst = [...board.calls].sort((a, b) => b.call - a.call).slice(0, rowCount);
  const newest = newestFirst.find((call) => call.is_current);
  return newestFirst.map((call) => ({ call, isNew: call === newest }));
}

/** The service group of a number; reservations (R) belong to none. */
export function groupOf(board: Board, number: string): BoardGroup | undefined {
  return board.waiting.find((group) => group.group === number.charAt(0));
}

export function waitingTotal(board: Board): number {
  return board.waiting.reduce((sum, group) => sum + group.waiting, 0);
}
