// The three soonest times as big buttons.
import type { JSX } from "preact";
import { Icon } from "../icon/icon.tsx";
import "./times.css";

export interface SoonTime {
  key: string;
  /** 今日 11月24日(火) */
  day: string;
  /** 11:30 */
  time: string;
  isChosen?: boolean;
}

export interface SoonProps {
  times: readonly SoonTime[];
  onChoose: (key: string) => void;
}

export function Soon({ times, onChoose }: SoonProps): JSX.Element {
  return (
    <ul class="m-soon">
      {times.map(({ key, day, time, isChosen }) => (
        <li key={key}>
          <button
            type="button"
            class={isChosen ? "m-soon__item is-on" : "m-soon__item"}
            aria-pressed={isChosen ?? false}
            onClick={() => onChoose(key)}
          >
            <span class="m-soon__when">
              <span>{day}</span> <b>{time}</b>
            </span>
            <Icon name={isChosen ? "check" : "next"} size={1.375} />
          </button>
        </li>
      ))}
    </ul>
  );
}
