// The times of one half of a day; full ones stay visible, grey and not focusable.
import type { JSX } from "preact";
import { Icon } from "../icon/icon.tsx";
import "./times.css";

export interface DayTime {
  key: string;
  time: string;
  sign: "○" | "△" | "×";
  word: string;
  isFree: boolean;
  isChosen?: boolean;
}

export interface TimesProps {
  name: string;
  times: readonly DayTime[];
  chosenWord: string;
  onChoose: (key: string) => void;
}

export function Times({ name, times, chosenWord, onChoose }: TimesProps): JSX.Element {
  return (
    <div>
      <h3 class="m-half">{name}</h3>
      <ul class="m-times">
        {times.map((time) => (
          <TimeBox key={time.key} time={time} chosenWord={chosenWord} onChoose={onChoose} />
        ))}
      </ul>
    </div>
  );
}

interface TimeBoxProps {
  time: DayTime;
  chosenWord: string;
  onChoose: (key: string) => void;
}

function TimeBox({ time, chosenWord, onChoose }: TimeBoxProps): JSX.Element {
  const { key, sign, word, isFree, isChosen = false } = time;
  if (!isFree && !isChosen) {
    return (
      <li class="m-time is-full">
        <b>{time.time}</b>
        <span>
          <i aria-hidden="true">{sign}</i> {word}
        </span>
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        class={isChosen ? "m-time is-on" : "m-time"}
        aria-pressed={isChosen}
        onClick={() => onChoose(key)}
      >
        <b>{time.time}</b>
        {isChosen ? (
          <span>
            <Icon name="check" size={1} weight={3} />
            {chosenWord}
          </span>
        ) : (
          <span>
            <i aria-hidden="true">{sign}</i> {word}
          </span>
        )}
      </button>
    </li>
  );
}
