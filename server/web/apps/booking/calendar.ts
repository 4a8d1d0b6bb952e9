// Days and times as the time page shows them: weeks, signs, halves of the day. Pure.
import type { Day, SlotTime } from "../../api/types.ts";
import { addDays, daysBetween, minutesOf, mondayOf } from "../../core/time.ts";
import type { Sign } from "../../ui/times/week.tsx";

export interface WeekOfDays {
  monday: string;
  from: string;
  to: string;
  /** undefined: the server said nothing about this day */
  days: { date: string; day: Day | undefined }[];
}

const friday = 5;

/** The week of `date`: Monday to Friday, and the weekend where an office opens on one of its days. */
export function weekOf(date: string, known: ReadonlyMap<string, Day>): WeekOfDays {
  const monday = mondayOf(date);
  const all = Array.from({ length: 7 }, (_, index) => addDays(monday, index));
  const days = all
    .filter((one, index) => index < friday || isOpen(known.get(one)))
    .map((one) => ({ date: one, day: known.get(one) }));
  const last = days[days.length - 1]?.date ?? addDays(monday, friday - 1);
  return { monday, from: monday, to: last, days };
}

function isOpen(day: Day | undefined): boolean {
  return day !== undefined && ["many", "few", "full"].includes(day.state);
}

/** The Mondays from the week of `first` to the week of `last`. */
export function mondays(first: string, last: string): string[] {
  const start = mondayOf(first);
  const count = Math.max(0, Math.floor(daysBetween(start, mondayOf(last)) / 7)) + 1;
  return Array.from({ length: count }, (_, index) => addDays(start, index * 7));
}

export function signOfDay(state: Day["state"] | undefined): Sign {
  if (state === "many") return "○";
  if (state === "few") return "△";
  if (state === "full") return "×";
  return state === undefined ? "" : "−";
}

export function isBookable(day: Day | undefined): boolean {
  return day?.state === "many" || day?.state === "few";
}

/** The best state of a week: what its row in the list of weeks says. */
export function stateOfWeek(week: WeekOfDays): Day["state"] | undefined {
  const states = week.days.map(({ day }) => day?.state);
  return (["many", "few", "full", "closed"] as const).find((state) => states.includes(state));
}

export type TimeState = "free" | "few" | "full";

/** A time is "few" when its last place is left while others of the day have more. */
export function stateOfTime(time: SlotTime, all: readonly SlotTime[]): TimeState {
  if (time.free <= 0) return "full";
  const most = Math.max(...all.map((one) => one.free));
  return time.free === 1 && most > 1 ? "few" : "free";
}

const noon = 12 * 60;

export function halves(times: readonly SlotTime[]): { morning: SlotTime[]; afternoon: SlotTime[] } {
  const isMorning = (one: SlotTime) => minutesOf(one.time) < noon;
  return { morning: times.filter(isMorning), afternoon: times.filter((one) => !isMorning(one)) };
}

/** 0 today, 1 tomorrow, else undefined: these two have words of their own. */
export function nearness(date: string, today: string): "today" | "tomorrow" | undefined {
  const days = daysBetween(today, date);
  if (days === 0) return "today";
  return days === 1 ? "tomorrow" : undefined;
}

/** "2026-11-25T10:30", "2026-11-25 10:30" → date and time; undefined for anything else. */
export function parseSlot(text: string | undefined): { date: string; time: string } | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})$/.exec(text ?? "");
  return match?.[1] && match[2] ? { date: match[1], time: match[2] } : undefined;
}
