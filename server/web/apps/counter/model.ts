// What a counter screen may do in each state: the meaning of the large button, the fixed actions, who comes next.
// Pure; the server decides again with every command, so nothing here protects anything but the clerk from surprise.
import type { Floor, Schema, WindowCommand, WindowState } from "../../api/types.ts";

export type WaitingTicket = Schema<"WaitingTicket">;
export type WindowTicket = Schema<"WindowTicket">;
export type ExpectedVisit = Schema<"ExpectedVisit">;
export type AsideTicket = Schema<"AsideTicket">;
export type OrderReason = Schema<"OrderReason">;

/** A press is ignored for this long after the large button changed its meaning */
export const calmMs = 800;
export const undoSeconds = 10;
/** Without a beat for so long, calling is stopped and the lists are marked as old */
export const silentMs = 5000;
/** Nobody over 30 minutes untold: from here on a row is marked */
export const longWaitMinutes = 30;
/** So long before it, a promise is about to be missed */
export const soonMinutes = 3;
/** An absence is due after so many calls, or so long after the first */
export const absentAfterCalls = 3;
export const absentAfterMs = 180_000;

export function isSilent(heardAt: number, at: number): boolean {
  return at - heardAt >= silentMs;
}

/** The window this screen entered, while its clerk still holds it. */
export function ownWindow(
  floor: Floor,
  staff: string,
  entered: string | undefined,
): WindowState | undefined {
  return floor.windows.find(
    (one) => one.window === entered && one.state !== "closed" && one.staff === staff,
  );
}

/** How a window stands to a clerk who chooses one: `mine` is open already by the same login, on another screen. */
export function spotOf(window: WindowState, staff: string): "free" | "mine" | "taken" {
  if (window.state === "closed") return "free";
  return window.staff === staff ? "mine" : "taken";
}

/** Those a window serves, first to be called first: returned people, then its groups in their order (server/queue). */
export function lineOf(floor: Floor, groups: readonly string[]): WaitingTicket[] {
  const rank = (ticket: WaitingTicket) =>
    ticket.order_reason === "returned" ? -1 : groups.indexOf(ticket.group);
  return floor.waiting
    .filter((ticket) => groups.includes(ticket.group))
    .map((ticket, place) => ({ ticket, place }))
    .sort((a, b) => rank(a.ticket) - rank(b.ticket) || a.place - b.place)
    .map(({ ticket }) => ticket);
}

export type GoKind =
  | "open"
  | "call"
  | "nobody"
  | "arrived"
  | "finish_and_call"
  | "finish"
  | "resume"
  | "stopped";

export interface Go {
  kind: GoKind;
  /** Left out where a press does nothing */
  command?: WindowCommand;
  /** Who would be called */
  next?: WaitingTicket;
}

/** What the large button means now. */
export function goOf(window: WindowState, line: readonly WaitingTicket[], isStale: boolean): Go {
  if (isStale) return { kind: "stopped" };
  const next = line[0];
  const person = window.ticket ? { expected_ticket: window.ticket.id } : {};
  switch (window.state) {
    case "closed":
      return { kind: "open", command: { command: "open" } };
    case "paused":
      return { kind: "resume", command: { command: "resume" } };
    case "called":
      return { kind: "arrived", command: { command: "start", ...person } };
    case "serving":
      return next
        ? { kind: "finish_and_call", command: { command: "next", ...person }, next }
        : { kind: "finish", command: { command: "finish", ...person } };
    case "free":
      return next ? { kind: "call", command: { command: "next" }, next } : { kind: "nobody" };
  }
}

/** Two presses with the same meaning do the same thing to the same person. */
export function meaningOf(go: Go, window: WindowState): string {
  return `${go.kind} ${window.ticket?.id ?? ""}`;
}

export const actions = [
  "recall",
  "absent",
  "put_back",
  "hold",
  "transfer",
  "finish",
  "groups",
  "pause",
] as const;
export type Action = (typeof actions)[number];

/** Why an action is not allowed now, or "yes". `later`: its function is not built yet. */
export type Allowed = "yes" | "called" | "serving" | "free" | "later" | "stopped";

const needs: Record<Action, "called" | "serving" | "free" | "later" | "any"> = {
  recall: "called",
  absent: "called",
  put_back: "called",
  hold: "serving",
  transfer: "later",
  finish: "serving",
  groups: "any",
  pause: "free",
};

export function allowedOf(action: Action, window: WindowState, isStale: boolean): Allowed {
  const need = needs[action];
  if (need === "later") return "later";
  if (isStale) return "stopped";
  return need === "any" || need === window.state ? "yes" : need;
}

/** The command of an action that asks nothing first. */
export function commandOf(action: Action, window: WindowState): WindowCommand | undefined {
  if (action === "transfer" || action === "groups" || action === "pause") return undefined;
  const person = window.ticket ? { expected_ticket: window.ticket.id } : {};
  return { command: action, ...person };
}

export type CallThis = "yes" | "ask" | "no";

/** May a row be called by name? `ask`: somebody is being served and would be finished. */
export function callThisOf(window: WindowState, isStale: boolean): CallThis {
  if (isStale) return "no";
  if (window.state === "free") return "yes";
  return window.state === "serving" ? "ask" : "no";
}

export function absentIsDue(ticket: WindowTicket, now: number): boolean {
  const since = now - Date.parse(ticket.since);
  return ticket.times_called >= absentAfterCalls || since >= absentAfterMs;
}

/** Seconds left to take the last step back; 0 = no more. */
export function undoLeft(window: WindowState, now: number): number {
  if (!window.undo) return 0;
  const left = Math.ceil((Date.parse(window.undo.until) - now) / 1000);
  return Math.max(0, Math.min(left, undoSeconds));
}

export function minutesBetween(from: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(from)) / 60_000));
}

export interface Left {
  kind: "late" | "soon" | "fine";
  /** Over the promise, or until it */
  minutes: number;
}

/** How the latest time on a ticket stands to `now`; undefined: the ticket says none. */
export function leftOf(told: string | undefined, now: number): Left | undefined {
  if (told === undefined) return undefined;
  const left = (Date.parse(told) - now) / 60_000;
  if (left < 0) return { kind: "late", minutes: Math.max(1, Math.floor(-left)) };
  const minutes = Math.ceil(left);
  return { kind: minutes <= soonMinutes ? "soon" : "fine", minutes };
}

/** Waits past the promise; where nothing was promised, too long. */
export function isOverdue(ticket: WaitingTicket, now: number): boolean {
  const left = leftOf(ticket.told_latest, now);
  if (left) return left.kind === "late";
  return minutesBetween(ticket.issued_at, now) >= longWaitMinutes;
}

/** Reservations of this window's groups that have not come, soonest first. */
export function expectedOf(floor: Floor, groups: readonly string[]): ExpectedVisit[] {
  return floor.expected
    .filter((visit) => groups.includes(visit.group))
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}

export function asideOf(floor: Floor, groups: readonly string[]): AsideTicket[] {
  return floor.aside.filter((ticket) => groups.includes(ticket.group));
}

/** The row after or before the picked one; from nothing to the first or last. Stops at the ends. */
export function pickNeighbour(
  line: readonly { id: string }[],
  picked: string | undefined,
  step: 1 | -1,
): string | undefined {
  const at = line.findIndex((ticket) => ticket.id === picked);
  if (at < 0) return (step === 1 ? line[0] : line[line.length - 1])?.id;
  return line[Math.max(0, Math.min(line.length - 1, at + step))]?.id;
}

/** "A45", "a 045", "45" and "０４５" find A045. */
export function findNumber<T extends { number: string }>(line: readonly T[], typed: string): T[] {
  const text = typed.normalize("NFKC").toUpperCase().replace(/[\s-]/g, "");
  if (text === "") return [...line];
  const letter = /^[A-Z]/.exec(text)?.[0] ?? "";
  const digits = text.slice(letter.length).replace(/^0+/, "");
  return line.filter(
    ({ number }) =>
      number.startsWith(letter) && number.slice(1).replace(/^0+/, "").startsWith(digits),
  );
}

/** Where a clerk's window goes in the floor: an answer is shown before the next frame comes. */
export function withWindow(floor: Floor, window: WindowState): Floor {
  const windows = floor.windows.map((one) => (one.window === window.window ? window : one));
  return { ...floor, windows };
}
