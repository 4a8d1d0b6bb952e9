// The time that is kept for this visitor, until a clock time (never a running counter), with one tap for more.
import type { JSX } from "preact";
import { Button } from "../button/button.tsx";
import { Icon } from "../icon/icon.tsx";
import "./held.css";

export interface HeldProps {
  /** 11月25日(水) */
  day: string;
  /** 10:30〜11:00 */
  time: string;
  /** 10:40 まで確保 */
  until: string;
  extendLabel: string;
  onExtend: () => void;
  /** One line, above a form */
  slim?: boolean;
  /** Two minutes before the end */
  isEnding?: boolean;
  /** No more time can be had */
  isLast?: boolean;
  busy?: boolean;
}

export function Held(props: HeldProps): JSX.Element {
  const { day, time, until, extendLabel, onExtend, slim, isEnding, isLast, busy = false } = props;
  const names = ["m-held"];
  if (slim) names.push("m-held--slim");
  if (isEnding) names.push("is-ending");
  return (
    <div class={names.join(" ")} role="status">
      {!slim && (
        <p class="m-held__when">
          {day}
          <b>{time}</b>
        </p>
      )}
      <p class="m-held__until">
        <span>
          <Icon name={isEnding ? "warning" : "clock"} />
          <span>
            {slim && <span class="m-held__line">{`${day} ${time}`}</span>}
            <b>{until}</b>
          </span>
        </span>
        {!isLast && (
          <Button kind="secondary" size="medium" onPress={onExtend} busy={busy}>
            {extendLabel}
          </Button>
        )}
      </p>
    </div>
  );
}
