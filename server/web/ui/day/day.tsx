// A date in full, for what is kept: both eras in Japanese; breaks only between year and day.
import type { JSX } from "preact";
import { dayName, eraYear, fullDayName, partsOf } from "../../core/time.ts";
import { currentLocale } from "../../words/index.ts";

export function FullDay({ date }: { date: string }): JSX.Element {
  const locale = currentLocale();
  if (locale !== "ja")
    return (
      <time dateTime={date} class="m-day">
        {fullDayName(locale, date)}
      </time>
    );

  return (
    <time dateTime={date} class="m-day">
      <span class="m-phrase">{`${partsOf(date).year}年(${eraYear(date)})`}</span>{" "}
      <span class="m-phrase">{dayName(locale, date)}</span>
    </time>
  );
}
