// How long still: people ahead, a range, "at the latest". What is unknown is left out, never guessed.
import type { ComponentChildren, JSX } from "preact";
import "./wait.css";

export interface WaitProps {
  ahead: { label: string; count: number; unit: string };
  /** 約10〜20分 */
  range?: { label: string; value: ComponentChildren };
  /** 遅くとも 10:55 ごろ, or that no estimate can be given */
  latest?: ComponentChildren;
}

export function Wait({ ahead, range, latest }: WaitProps): JSX.Element {
  return (
    <div class="m-wait" role="status">
      <div>
        <small>{ahead.label}</small>
        <b>
          {ahead.count}
          <span>{ahead.unit}</span>
        </b>
      </div>
      {range && (
        <div>
          <small>{range.label}</small>
          <b>{range.value}</b>
        </div>
      )}
      {latest && <p>{latest}</p>}
    </div>
  );
}
