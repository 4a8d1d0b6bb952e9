// Before opening, after closing, and on a closed day: one sentence, and who is still waiting.
import type { JSX } from "preact";
import type { Board } from "../../../../api/types.ts";
import { spokenTime } from "../../../../core/index.ts";
import { type HallView, waitingTotal } from "../../model.ts";
import { type Both, both } from "../../words.ts";
import "./end.css";

interface Told {
  title: Both;
  text: Both;
}

function toldOf(view: HallView, board: Board, waiting: number): Told {
  if (view === "closed")
    return { title: both("hall.closed.title"), text: both("hall.closed.text") };
  if (view === "before") {
    const time = spokenTime(board.opens ?? "");
    return { title: both("hall.before.title", { time }), text: both("hall.before.text") };
  }
  const text = both(waiting > 0 ? "hall.end.waiting" : "hall.end.nobody");
  return { title: both("hall.end.title"), text };
}

export function EndView({ board, view }: { board: Board; view: HallView }): JSX.Element {
  const waiting = waitingTotal(board);
  const { title, text } = toldOf(view, board, waiting);
  return (
    <main class="m-hall__end">
      <h2>{title.ja}</h2>
      <p>{text.ja}</p>
      <p lang="en">
        {title.en} {text.en}
      </p>
      {waiting > 0 && (
        <p class="m-hall__still">
          {both("hall.end.still").ja}
          <b>{waiting}</b>
          {both("hall.people_unit").ja}
          <span lang="en">{both("hall.end.still").en}</span>
        </p>
      )}
    </main>
  );
}
