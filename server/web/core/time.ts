// The office's wall clock on any phone: instants are UTC strings, dates "2026-11-24" and times "10:30" are Asia/Tokyo.
// Pure; Japan has no summer time, so the zone is a fixed +09:00.

export type Instant = string;
export type DateText = string;
export type TimeText = string;

const hour = 3_600_000;
const zone = 9 * hour;
const day = 24 * hour;

export interface Parts {
  year: number;
  month: number;
  day: number;
  /** 1 Monday … 7 Sunday */
  weekday: number;
}

export function partsOf(date: DateText): Parts {
  const at = new Date(`${date}T00:00:00Z`);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    weekday: at.getUTCDay() || 7,
  };
}

/** The office's date at an instant (milliseconds since 1970). */
export function dateAt(ms: number): DateText {
  return new Date(ms + zone).toISOString().slice(0, 10);
}

/** The office's clock at an instant: "10:30". */
export function timeAt(ms: number): TimeText {
  return new Date(ms + zone).toISOString().slice(11, 16);
}

/** "2026-11-24T01:30:00.000Z" → "10:30" on the office's wall. */
export function clockOf(instant: Instant): TimeText {
  return timeAt(Date.parse(instant));
}

/** As people write it: "9:00", not "09:00". */
export function spokenTime(time: TimeText): string {
  return time.replace(/^0/, "");
}

export function addDays(date: DateText, days: number): DateText {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10);
}

export function daysBetween(from: DateText, to: DateText): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / day);
}

/** The Monday of the week of `date`. */
export function mondayOf(date: DateText): DateText {
  return addDays(date, 1 - partsOf(date).weekday);
}

export function minutesOf(time: TimeText): number {
  const [hours = "0", minutes = "0"] = time.split(":");
  return Number(hours) * 60 + Number(minutes);
}

const eras = [
  { from: "2019-05-01", name: "令和" },
  { from: "1989-01-08", name: "平成" },
  { from: "1926-12-25", name: "昭和" },
];

/** "令和8年"; the first year is 元年; before the oldest era the western year. */
export function eraYear(date: DateText): string {
  const era = eras.find((one) => one.from <= date);
  const year = partsOf(date).year;
  if (!era) return `${year}年`;
  const count = year - Number(era.from.slice(0, 4)) + 1;
  return `${era.name}${count === 1 ? "元" : count}年`;
}

const intl = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const tag = locale === "en" ? "en-GB" : locale;
  const key = tag + JSON.stringify(options);
  let found = intl.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(tag, { ...options, timeZone: "UTC" });
    intl.set(key, found);
  }
  return found;
}

function format(locale: string, date: DateText, options: Intl.DateTimeFormatOptions): string {
  return formatter(locale, options).format(new Date(`${date}T00:00:00Z`));
}

const isJapanese = (locale: string) => locale.startsWith("ja");

/** 月, Mon … */
export function weekdayName(locale: string, date: DateText): string {
  if (isJapanese(locale)) return "月火水木金土日".charAt(partsOf(date).weekday - 1);
  return format(locale, date, { weekday: "short" });
}

/** 11月25日(水) · Wed 25 Nov */
export function dayName(locale: string, date: DateText): string {
  const { month, day: number } = partsOf(date);
  if (isJapanese(locale)) return `${month}月${number}日(${weekdayName(locale, date)})`;
  return format(locale, date, { weekday: "short", month: "short", day: "numeric" });
}

/** 2026年(令和8年)11月25日(水) · Wed 25 November 2026: for what is kept. Easy Japanese counts the years in one way only. */
export function fullDayName(locale: string, date: DateText): string {
  const { year } = partsOf(date);
  if (locale === "ja") return `${year}年(${eraYear(date)}) ${dayName(locale, date)}`;
  if (isJapanese(locale)) return `${year}年 ${dayName(locale, date)}`;
  return format(locale, date, { weekday: "short", day: "numeric", month: "long", year: "numeric" });
}

/** 11月23日〜27日 · 23–27 Nov */
export function spanName(locale: string, from: DateText, to: DateText): string {
  const a = partsOf(from);
  const b = partsOf(to);
  if (isJapanese(locale)) {
    const end = a.month === b.month ? `${b.day}日` : `${b.month}月${b.day}日`;
    return `${a.month}月${a.day}日〜${end}`;
  }
  const range = formatter(locale, { month: "short", day: "numeric" });
  return range.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`));
}

/** 10:30〜11:00 · 10:30–11:00 */
export function timeSpan(locale: string, from: TimeText, to: TimeText): string {
  return `${spokenTime(from)}${isJapanese(locale) ? "〜" : "–"}${spokenTime(to)}`;
}
