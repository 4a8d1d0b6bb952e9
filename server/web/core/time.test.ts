import { describe, expect, it } from "vitest";
import {
  addDays,
  clockOf,
  dateAt,
  dayName,
  daysBetween,
  eraYear,
  fullDayName,
  minutesOf,
  mondayOf,
  partsOf,
  spanName,
  spokenTime,
  timeSpan,
  weekdayName,
} from "./time.ts";

describe("office time", () => {
  it("is nine hours ahead of UTC, over midnight too", () => {
    expect(clockOf("2026-11-24T01:30:00.000Z")).toBe("10:30");
    expect(dateAt(Date.parse("2026-11-24T14:59:59Z"))).toBe("2026-11-24");
    expect(dateAt(Date.parse("2026-11-24T15:00:00Z"))).toBe("2026-11-25");
  });

  it("is spoken without a leading zero", () => {
    expect(spokenTime("09:00")).toBe("9:00");
    expect(spokenTime("10:05")).toBe("10:05");
    expect(timeSpan("ja", "09:30", "10:00")).toBe("9:30〜10:00");
    expect(timeSpan("en", "09:30", "10:00")).toBe("9:30–10:00");
  });

  it("counts minutes from midnight", () => {
    expect(minutesOf("12:05")).toBe(725);
  });
});

describe("dates", () => {
  it("know their weekday, Sunday last", () => {
    expect(partsOf("2026-11-23").weekday).toBe(1);
    expect(partsOf("2026-11-22").weekday).toBe(7);
  });

  it("move over months and years", () => {
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2028-03-01", -1)).toBe("2028-02-29");
    expect(daysBetween("2026-11-24", "2026-12-24")).toBe(30);
  });

  it.each([
    ["2026-11-22", "2026-11-16"],
    ["2026-11-23", "2026-11-23"],
    ["2026-11-27", "2026-11-23"],
  ])("the week of %s begins on %s", (date, monday) => {
    expect(mondayOf(date)).toBe(monday);
  });

  it.each([
    ["2026-11-24", "令和8年"],
    ["2019-05-01", "令和元年"],
    ["2019-04-30", "平成31年"],
    ["1926-12-24", "1926年"],
  ])("%s lies in %s", (date, era) => {
    expect(eraYear(date)).toBe(era);
  });

  it.each([
    ["ja", "11月25日(水)"],
    ["ja-x-easy", "11月25日(水)"],
    ["en", "Wed 25 Nov"],
    ["zh-Hans", "11月25日周三"],
    ["ko", "11월 25일 (수)"],
  ])("are named in %s as %s", (locale, name) => {
    expect(dayName(locale, "2026-11-25")).toBe(name);
  });

  it("carry both eras where they are kept", () => {
    expect(fullDayName("ja", "2026-11-25")).toBe("2026年(令和8年) 11月25日(水)");
    expect(fullDayName("ja-x-easy", "2026-11-25")).toBe("2026年 11月25日(水)");
    expect(fullDayName("en", "2026-11-25")).toBe("Wed, 25 November 2026");
  });

  it("name a week, over the end of a month too", () => {
    expect(spanName("ja", "2026-11-23", "2026-11-27")).toBe("11月23日〜27日");
    expect(spanName("ja", "2026-11-30", "2026-12-04")).toBe("11月30日〜12月4日");
  });

  it("name the weekday alone", () => {
    expect(weekdayName("ja", "2026-11-29")).toBe("日");
    expect(weekdayName("en", "2026-11-29")).toBe("Sun");
  });
});
