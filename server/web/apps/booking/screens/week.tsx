// The week strip with the list of other weeks, and the times of the day that is shown.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Day, DayList } from "../../../api/types.ts";
import {
  addDays,
  dayName,
  mondayOf,
  partsOf,
  spanName,
  spokenTime,
  weekdayName,
} from "../../../core/time.ts";
import { Icon } from "../../../ui/icon/icon.tsx";
import { type DayTime, Times } from "../../../ui/times/times.tsx";
import { Week, type WeekDay } from "../../../ui/times/week.tsx";
import { currentLocale, t } from "../../../words/index.ts";
import type { ScreenProps } from "../app.tsx";
import {
  halves,
  isBookable,
  mondays,
  signOfDay,
  stateOfTime,
  stateOfWeek,
  weekOf,
} from "../calendar.ts";
import type { Store } from "../store.ts";
import { Awaited } from "./parts.tsx";

function wordOfDay(day: Day | undefined, isPast: boolean): string {
  if (!day) return isPast ? t("booking.day.past") : t("booking.day.not_yet");
  if (day.state === "closed") return day.reason ?? t("booking.day.closed");
  if (day.state === "past" && day.reason) return day.reason;
  return t(`booking.day.${day.state}`);
}

export function Weeks({ store, list }: { store: Store; list: DayList }): JSX.Element {
  const [turned, setTurned] = useState<string>();
  const known = new Map(list.days.map((day) => [day.date, day]));
  const first = store.today();
  const last = list.bookable_until ?? list.days[list.days.length - 1]?.date ?? first;
  const all = mondays(first, last);
  const monday = turned ?? mondayOf(store.date.value || first);
  const at = all.indexOf(monday);
  const locale = currentLocale();
  const week = weekOf(monday, known);
  const turn = (to: string | undefined) => (to === undefined ? undefined : () => setTurned(to));
  const days: WeekDay[] = week.days.map(({ date, day }) => ({
    date,
    weekday: weekdayName(locale, date),
    number: partsOf(date).day,
    fullName: dayName(locale, date),
    sign: signOfDay(day?.state ?? "past"),
    word: wordOfDay(day, date < first),
    isFree: isBookable(day),
    isChosen: date === store.date.value,
  }));
  const show = (date: string) => {
    store.showDay(date);
    setTurned(undefined);
  };
  return (
    <section class="m-section">
      <h2>{t("booking.other_days")}</h2>
      <Week
        name={spanName(locale, week.from, week.to)}
        days={days}
        onChoose={show}
        previous={turn(all[at - 1])}
        next={turn(all[at + 1])}
        previousLabel={t("booking.week.previous")}
        nextLabel={t("booking.week.next")}
      />
      <details class="b-weeks">
        <summary>
          <Icon name="calendar" size={1.375} />
          <span>{t("booking.week.others")}</span>
        </summary>
        <ul>
          {all.map((one) => (
            <li key={one}>
              <WeekRow
                monday={one}
                known={known}
                isShown={one === monday}
                onShow={() => setTurned(one)}
              />
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

interface WeekRowProps {
  monday: string;
  known: ReadonlyMap<string, Day>;
  isShown: boolean;
  onShow: () => void;
}

function WeekRow({ monday, known, isShown, onShow }: WeekRowProps): JSX.Element {
  const week = weekOf(monday, known);
  const state = stateOfWeek(week);
  const word = state ? t(`booking.day.${state}`) : "";
  return (
    <button
      type="button"
      class={isShown ? "b-weeks__row is-on" : "b-weeks__row"}
      aria-pressed={isShown}
      onClick={onShow}
    >
      <span>{spanName(currentLocale(), week.from, week.to ?? addDays(monday, 4))}</span>
      <span>
        <i aria-hidden="true">{signOfDay(state)}</i> {word}
      </span>
    </button>
  );
}

export function DayTimes({ store }: ScreenProps): JSX.Element | null {
  const { value, isLoading, refusal } = store.times.state.value;
  const date = store.date.value;
  if (!date) return null;
  const hold = store.draft.value.hold;
  const all = value?.times ?? [];
  const rows = (slots: typeof all): DayTime[] =>
    slots.map((slot) => {
      const state = stateOfTime(slot, all);
      return {
        key: slot.time,
        time: spokenTime(slot.time),
        sign: state === "full" ? "×" : state === "few" ? "△" : "○",
        word:
          state === "few"
            ? t("booking.time.few", { count: slot.free })
            : t(`booking.time.${state}`),
        isFree: state !== "full",
        isChosen: hold?.date === slot.date && hold.time === slot.time,
      };
    });
  const { morning, afternoon } = halves(all);
  const choose = (time: string) => void store.choose(date, time);
  return (
    <section class="m-section">
      <h2>{t("booking.times_of", { day: dayName(currentLocale(), date) })}</h2>
      {morning.length > 0 && (
        <Times
          name={t("booking.morning")}
          times={rows(morning)}
          chosenWord={t("booking.chosen")}
          onChoose={choose}
        />
      )}
      {afternoon.length > 0 && (
        <Times
          name={t("booking.afternoon")}
          times={rows(afternoon)}
          chosenWord={t("booking.chosen")}
          onChoose={choose}
        />
      )}
      {value && all.length === 0 && <p>{value.reason ?? t("booking.day.closed")}</p>}
      {!value && <Awaited isLoading={isLoading} refusal={refusal} onRetry={store.times.reload} />}
    </section>
  );
}
