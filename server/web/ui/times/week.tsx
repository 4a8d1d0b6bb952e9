// A week of days, each with a sign and a word; full and closed days stay visible but cannot be pressed.
import type { JSX } from "preact";
import { Icon } from "../icon/icon.tsx";
import "./times.css";

export type Sign = "○" | "△" | "×" | "−" | "";

export interface WeekDay {
  date: string;
  weekday: string;
  number: number;
  /** 11月25日(水): what is read aloud in place of the short form */
  fullName: string;
  sign: Sign;
  word: string;
  isFree: boolean;
  isChosen?: boolean;
}

export interface WeekProps {
  name: string;
  days: readonly WeekDay[];
  onChoose: (date: string) => void;
  previous?: (() => void) | undefined;
  next?: (() => void) | undefined;
  previousLabel: string;
  nextLabel: string;
}

function DayBox({
  day,
  onChoose,
}: {
  day: WeekDay;
  onChoose: (date: string) => void;
}): JSX.Element {
  const inside = (
    <>
      <span class="u-hidden">{day.fullName}</span>
      <small aria-hidden="true">{day.weekday}</small>
      <b aria-hidden="true">{day.number}</b>
      <i aria-hidden="true">{day.sign || "\u00a0"}</i>
      <em>{day.word || "\u00a0"}</em>
    </>
  );
  if (!day.isFree) return <div class="m-week__day is-closed">{inside}</div>;
  return (
    <button
      type="button"
      class={day.isChosen ? "m-week__day is-on" : "m-week__day"}
      aria-pressed={day.isChosen ?? false}
      onClick={() => onChoose(day.date)}
    >
      {inside}
    </button>
  );
}

export function Week(props: WeekProps): JSX.Element {
  const { name, days, onChoose, previous, next, previousLabel, nextLabel } = props;
  return (
    <div>
      <div class="m-week__nav">
        <IconButton label={previousLabel} icon="back" onPress={previous} />
        <b aria-live="polite">{name}</b>
        <IconButton label={nextLabel} icon="next" onPress={next} />
      </div>
      <ul class="m-week">
        {days.map((day) => (
          <li key={day.date}>
            <DayBox day={day} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </div>
  );
}

export interface IconButtonProps {
  label: string;
  icon: "back" | "next";
  /** undefined: there is nothing in this direction; the button stays and does nothing */
  onPress: (() => void) | undefined;
}

export function IconButton({ label, icon, onPress }: IconButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class="m-icon-button"
      aria-label={label}
      aria-disabled={onPress ? undefined : true}
      onClick={() => onPress?.()}
    >
      <Icon name={icon} />
    </button>
  );
}
