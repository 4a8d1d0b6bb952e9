// No news for five seconds: no number is shown as current, only what was called and when.
import type { JSX } from "preact";
import type { Board } from "../../../../api/types.ts";
import { clockOf } from "../../../../core/index.ts";
import { TicketNumber } from "../../../../ui/number/number.tsx";
import { rowsOf } from "../../model.ts";
import { both } from "../../words.ts";
import { Pair } from "../words.tsx";
import "./stop.css";

export function StopView({
  board,
  heard,
}: {
  board: Board | undefined;
  heard: string;
}): JSX.Element {
  const calls = board ? rowsOf(board) : [];
  return (
    <main class="m-hall__stop">
      <section class="m-hall__say" role="alert">
        <svg
          viewBox="0 0 20 20"
          aria-hidden="true"
          fill="none"
          stroke="currentColor"
          stroke-width="1.6"
        >
          <circle cx="10" cy="10" r="8" />
          <path d="M10 5v6" stroke-width="2.2" />
          <circle cx="10" cy="14.2" r=".8" fill="currentColor" />
        </svg>
        <h2>{both("hall.stop.title").ja}</h2>
        <p>{both("hall.stop.text").ja}</p>
        <p lang="en">{both("hall.stop.text").en}</p>
      </section>
      {calls.length > 0 && (
        <aside class="m-past">
          <h2>
            <Pair text={both("hall.stop.until", { time: heard })} apart />
          </h2>
          <ul>
            {calls.map(({ call }) => (
              <li key={call.number} data-past={call.number}>
                <TicketNumber number={call.number} plain />
                <small>{clockOf(call.called_at)}</small>
              </li>
            ))}
          </ul>
        </aside>
      )}
    </main>
  );
}
