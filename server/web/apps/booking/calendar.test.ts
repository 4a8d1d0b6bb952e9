import { describe, expect, it } from "vitest";
import type { Day, SlotTime } from "../../api/types.ts";
import { addDays, partsOf } from "../../core/time.ts";
import {
  halves,
  mondays,
  nearness,
  parseSlot,
  signOfDay,
  stateOfTime,
  stateOfWeek,
  weekOf,
} from "./calendar.ts";

const day = (date: string, state: Day["state"]): Day => ({
  date,
  weekday: partsOf(date).weekday,
  state,
  free: 1,
});
const known = (...days: Day[]) => new Map(days.map((one) => [one.date, one]));
const slot = (time: string, free: number): SlotTime => ({
  date: "2026-11-25",
  time,
  start: "",
  end: "",
  free,
});

describe("a week", () => {
  it("is Monday to Friday, days before the list unknown", () => {
    const week = weekOf("2026-11-25", known(day("2026-11-25", "many")));
    expect(week.days.map(({ date }) => date)).toEqual(
      [0, 1, 2, 3, 4].map((index) => addDays("2026-11-23", index)),
    );
    expect(week.days[0]?.day).toBeUndefined();
    expect(week.to).toBe("2026-11-27");
  });

  it("has its Saturday when the office opens then", () => {
    const open = weekOf("2026-11-25", known(day("2026-11-28", "few"), day("2026-11-29", "closed")));
    expect(open.to).toBe("2026-11-28");
  });

  it("says its best state", () => {
    const week = weekOf("2026-11-25", known(day("2026-11-24", "full"), day("2026-11-26", "few")));
    expect(stateOfWeek(week)).toBe("few");
    expect(stateOfWeek(weekOf("2026-11-25", known()))).toBeUndefined();
  });

  it("is one of those from the first to the last day", () => {
    expect(mondays("2026-11-25", "2026-12-09")).toEqual(["2026-11-23", "2026-11-30", "2026-12-07"]);
    expect(mondays("2026-11-25", "2026-11-26")).toEqual(["2026-11-23"]);
  });
});

describe("signs", () => {
  it.each([
    ["many", "○"],
    ["few", "△"],
    ["full", "×"],
    ["closed", "−"],
    ["past", "−"],
    [undefined, ""],
  ] as const)("%s is %s", (state, sign) => {
    expect(signOfDay(state)).toBe(sign);
  });
});

describe("a time", () => {
  it("is full without a place", () => {
    expect(stateOfTime(slot("10:00", 0), [slot("10:00", 0)])).toBe("full");
  });

  it("is few only where others of the day have more", () => {
    expect(stateOfTime(slot("10:00", 1), [slot("10:00", 1), slot("10:30", 3)])).toBe("few");
    expect(stateOfTime(slot("10:00", 1), [slot("10:00", 1), slot("10:30", 1)])).toBe("free");
  });

  it("belongs to the afternoon from 12:00 on", () => {
    const { morning, afternoon } = halves([slot("11:30", 1), slot("12:00", 1)]);
    expect(morning.map((one) => one.time)).toEqual(["11:30"]);
    expect(afternoon.map((one) => one.time)).toEqual(["12:00"]);
  });

  it("is read from what the server names as near", () => {
    expect(parseSlot("2026-11-25T10:30")).toEqual({ date: "2026-11-25", time: "10:30" });
    expect(parseSlot("2026-11-25 10:30")).toEqual({ date: "2026-11-25", time: "10:30" });
    expect(parseSlot("soon")).toBeUndefined();
    expect(parseSlot(undefined)).toBeUndefined();
  });
});

describe("near days", () => {
  it("have words of their own", () => {
    expect(nearness("2026-11-24", "2026-11-24")).toBe("today");
    expect(nearness("2026-11-25", "2026-11-24")).toBe("tomorrow");
    expect(nearness("2026-11-26", "2026-11-24")).toBeUndefined();
  });
});
