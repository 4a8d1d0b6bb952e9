// The day in one line: this window, the office against its target, the longest wait, how long until closing.
import type { JSX } from "preact";
import { dateAt, minutesOf, spokenTime, timeAt } from "../../../../core/index.ts";
import { t } from "../../../../words/index.ts";
import { longWaitMinutes } from "../../model.ts";
import { floor, now, own } from "../../state.ts";
import { Sign } from "../icons.tsx";
import { KiosksButton } from "../kiosks/kiosks.tsx";

const targetPercent = 90;

export function DayLine(): JSX.Element {
  const today = floor.value?.today;
  const mean = own.value?.mean_service_seconds;
  const percent =
    today && today.called > 0 ? Math.round((today.within_10_min / today.called) * 100) : undefined;
  return (
    <footer class="m-foot-line">
      <span data-served={own.value?.served_today}>
        {t("counter.day.window", { count: own.value?.served_today ?? 0 })}
        {mean !== undefined && t("counter.day.mean", { minutes: Math.round(mean / 60) })}
      </span>
      {percent !== undefined && (
        <span>{t("counter.day.within", { percent, target: targetPercent })}</span>
      )}
      <LongestWait />
      <span class="m-grow" />
      <KiosksButton />
      <span class="m-hide-tablet">{closingText()}</span>
    </footer>
  );
}

function LongestWait(): JSX.Element | null {
  const today = floor.value?.today;
  if (today?.longest_wait_seconds === undefined || !today.longest_wait_number) return null;
  const minutes = Math.floor(today.longest_wait_seconds / 60);
  const text = t("counter.day.longest", { minutes, number: today.longest_wait_number });
  if (minutes < longWaitMinutes) return <span>{text}</span>;
  return (
    <span class="m-late">
      <Sign name="late" />
      {text}
    </span>
  );
}

function closingText(): string {
  const closes = floor.value?.closes;
  if (!closes) return "";
  const left = minutesOf(closes) - minutesOf(timeAt(now.value));
  if (left <= 0 || !floor.value?.is_open || !dateAt(now.value)) {
    return t("counter.day.closed", { time: spokenTime(closes) });
  }
  if (left < 60) return t("counter.day.closes_minutes", { minutes: left });
  return t("counter.day.closes_hours", { hours: Math.floor(left / 60), minutes: left % 60 });
}
