// Which screen is drawn: the visitor's own, unless something stands before it. Pure.
import { timeAt } from "@matanai/web/core";
import { stillSecondsLeft } from "./idle.ts";
import { paperOf } from "./paper.ts";
import type { KioskState, Model, Shown } from "./types.ts";

/** Screens on which nothing of the visitor is at stake yet: what prevents a ticket is said here, before it is asked for. */
const before: readonly string[] = ["start", "groups", "services", "code", "misread"];

/** The day is over, or is none. Before the opening numbers may be given already: the server knows from when. */
function isOver(live: KioskState, now: number): boolean {
  return !live.is_open && (live.closes === undefined || timeAt(now) >= live.closes);
}

/** `at` is the page's own clock, `now` the server's. */
export function shownOf(model: Model, at: number, now: number): Shown {
  const { screen, live } = model;
  if (model.stillSince !== undefined) {
    return { kind: "still", secondsLeft: stillSecondsLeft(model, at) };
  }
  if (screen.kind === "staff") return screen;
  if (screen.kind === "ticket" && paperOf(model, screen.answer) === "print_unknown") {
    const { message_id, ticket } = screen.answer;
    return {
      kind: "question",
      paper: { message_id, number: ticket.number, state: "print_unknown" },
    };
  }
  if (!before.includes(screen.kind)) return screen;
  if (!live) return { kind: "waking" };
  if (screen.kind === "start" && live.question) return { kind: "question", paper: live.question };
  if (model.isStale || !live.server_up) return { kind: "away" };
  if (isOver(live, now)) return { kind: "closed" };
  if (!live.can_print) return { kind: "cannot_print" };
  return screen;
}
