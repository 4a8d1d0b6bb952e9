// The last six calls, who waits and how long, and who missed the call.
import type { JSX } from "preact";
import type { Board } from "../../../../api/types.ts";
import { TicketNumber } from "../../../../ui/number/number.tsx";
import { waitText } from "../../../../ui/wait/range.tsx";
import type { t } from "../../../../words/index.ts";
import { type Row, rowCount, rowsOf } from "../../model.ts";
import { both } from "../../words.ts";
import { ZoneSign } from "../sign.tsx";
import { Pair } from "../words.tsx";
import "./list.css";

const shownAbsent = 6;

export function ListView({ board }: { board: Board }): JSX.Element {
  const rows = rowsOf(board);
  return (
    <main class="m-hall__list">
      <section class="m-calls" aria-label={both("hall.list.calls").ja}>
        <div class="m-calls__head">
          <span>
            <Pair text={both("hall.list.number")} />
          </span>
          <span>
            <Pair text={both("hall.list.window")} />
          </span>
          <span>
            <Pair text={both("hall.list.zone")} />
          </span>
        </div>
        {rows.map((row) => (
          <CallRow key={row.call.number} row={row} />
        ))}
        {rows.length === 0 && (
          <p class="m-calls__none">
            <Pair text={both("hall.list.none")} apart />
          </p>
        )}
        {rows.length > 0 && rows.length < rowCount && <div class="m-calls__rest" />}
      </section>
      <Side board={board} />
    </main>
  );
}

function CallRow({ row }: { row: Row }): JSX.Element {
  const { call, isNew } = row;
  return (
    <div
      class={isNew ? "m-calls__row is-new" : "m-calls__row"}
      data-number={call.number}
      data-window={call.window}
      data-current={call.is_current}
    >
      <span class="m-calls__no">
        <TicketNumber number={call.number} plain />
      </span>
      <span class="m-calls__win">
        <b>{call.window}</b>
        <span>{both("hall.list.window_unit").ja}</span>
      </span>
      <ZoneSign zone={call.zone} />
    </div>
  );
}

const japanese: typeof t = (key, ...places) => both(key, ...places).ja;

function Side({ board }: { board: Board }): JSX.Element {
  return (
    <aside class="m-side">
      <section>
        <h2>
          <Pair text={both("hall.list.waiting")} />
        </h2>
        <ul class={board.waiting.length > 6 ? "m-waits m-waits--many" : "m-waits"}>
          {board.waiting.map((group) => (
            <li key={group.group} data-group={group.group} data-waiting={group.waiting}>
              <span class="m-waits__letter">{group.group}</span>
              <span class="m-waits__name">{group.name}</span>
              <span class="m-waits__en" lang="en">
                {group.name_en}
              </span>
              <span class="m-waits__people">
                <b>{group.waiting}</b>
                {both("hall.people_unit").ja}
              </span>
              {group.estimate && (
                <span class="m-waits__range">
                  {waitText(group.estimate, group.waiting, japanese)}
                </span>
              )}
            </li>
          ))}
        </ul>
      </section>
      {board.absent.length > 0 && (
        <section class="m-away">
          <h2>
            <Pair text={both("hall.list.missed")} />
          </h2>
          <ul>
            {board.absent.slice(0, shownAbsent).map((number) => (
              <li key={number} data-absent={number}>
                <TicketNumber number={number} plain />
              </li>
            ))}
          </ul>
        </section>
      )}
    </aside>
  );
}
