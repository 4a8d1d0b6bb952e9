// The newest call, alone on the panel: number, window, zone. Below, who is called next and who waits.
import type { JSX } from "preact";
import type { Board, BoardCall } from "../../../../api/types.ts";
import { TicketNumber } from "../../../../ui/number/number.tsx";
import { groupOf } from "../../model.ts";
import { both, called } from "../../words.ts";
import { ZoneSign } from "../sign.tsx";
import { Pair } from "../words.tsx";
import "./call.css";

const longNumber = 5;
const longWindow = 3;

export function CallView({ board, call }: { board: Board; call: BoardCall }): JSX.Element {
  const group = groupOf(board, call.number);
  const lead = called(call.locale, call.times > 1 ? "hall.call.again" : "hall.call.now");
  const way = called(call.locale, "hall.call.window", { window: call.window });
  const size = call.number.length >= longNumber ? "m-call__no m-call__no--long" : "m-call__no";
  const what = group ? { ja: group.name, en: group.name_en } : both("hall.call.reserved");
  return (
    <main
      class="m-call"
      key={call.call}
      data-number={call.number}
      data-window={call.window}
      data-call={call.call}
    >
      <div class="m-call__panel" role="status">
        <section class="m-call__who">
          <p class="m-call__lead">
            <Pair text={lead} />
          </p>
          <p class={size}>
            <TicketNumber number={call.number} plain />
          </p>
          <p class="m-call__svc">
            <Pair text={what} />
          </p>
        </section>
        <section class="m-call__where">
          <p
            class={
              call.window.length >= longWindow ? "m-call__win m-call__win--long" : "m-call__win"
            }
          >
            <b>{call.window}</b>
            <span>{way.ja}</span>
            <span lang={way.own?.lang ?? "en"}>{way.own?.text ?? way.en}</span>
          </p>
          {call.zone && (
            <p class="m-call__way">
              <ZoneSign zone={call.zone} />
              <span>
                <Pair text={both("hall.call.zone", { zone: call.zone })} />
              </span>
            </p>
          )}
        </section>
      </div>
    </main>
  );
}

export function CallBand({
  board,
  queue,
}: {
  board: Board;
  queue: readonly BoardCall[];
}): JSX.Element {
  if (queue.length > 0) {
    return (
      <footer class="m-hall__band m-hall__band--next">
        <p>
          <Pair text={both("hall.call.following")} />
        </p>
        <ul>
          {queue.map((call) => (
            <li key={call.call} data-number={call.number} data-window={call.window}>
              <TicketNumber number={call.number} plain />
              <span>{both("hall.list.at_window", { window: call.window }).ja}</span>
            </li>
          ))}
        </ul>
      </footer>
    );
  }
  return (
    <footer class="m-hall__band">
      {board.waiting.map((group) => (
        <span key={group.group}>
          <b>{group.group}</b>
          <span lang="ja">{both("hall.people", { count: group.waiting }).ja}</span>
        </span>
      ))}
    </footer>
  );
}
