// The display as a function of its state: one view at a time between the bar and the foot.
import type { JSX } from "preact";
import type { Board } from "../../api/types.ts";
import { spokenTime, timeAt } from "../../core/index.ts";
import { type HallState, type HallView, viewOf } from "./model.ts";
import { CallBand, CallView } from "./views/call/call.tsx";
import { EndView } from "./views/end/end.tsx";
import { ListView } from "./views/list/list.tsx";
import { StopView } from "./views/stop/stop.tsx";
import { Top } from "./views/top/top.tsx";
import { Pair } from "./views/words.tsx";
import { both } from "./words.ts";

export interface ScreenProps {
  state: HallState;
  zone: string | undefined;
  /** The office's time, ms; undefined until the server has told it */
  now: number | undefined;
  /** When the server was last heard, ms */
  heardAt: number;
  /** The browser refuses to make sound: a small word for staff */
  isMute: boolean;
}

export function Screen({ state, zone, now, heardAt, isMute }: ScreenProps): JSX.Element {
  const { board, current } = state;
  const view = viewOf(state, timeAt(now ?? heardAt));
  return (
    <div class="m-hall" data-state={view} data-seq={board?.seq}>
      <Top
        name={board?.office_name ?? both("ui.product").ja}
        nameEn={board?.office_name_en}
        zone={zone}
        now={now}
      />
      {view === "start" && <main />}
      {view === "stale" && <StopView board={board} heard={timeAt(heardAt)} />}
      {view === "call" && board && current && (
        <>
          <CallView board={board} call={current.call} />
          <CallBand board={board} queue={state.queue} />
        </>
      )}
      {view === "list" && board && <ListView board={board} />}
      {(view === "before" || view === "end" || view === "closed") && board && (
        <EndView board={board} view={view} />
      )}
      {view !== "call" && <Foot view={view} board={board} heardAt={heardAt} />}
      {isMute && <p class="m-hall__mute">{both("hall.mute").ja}</p>}
    </div>
  );
}

interface FootProps {
  view: HallView;
  board: Board | undefined;
  heardAt: number;
}

function Foot({ view, board, heardAt }: FootProps): JSX.Element {
  if (view === "stale") {
    const time = new Date(heardAt + 9 * 3_600_000).toISOString().slice(11, 19);
    const text = both("hall.stop.last", { time });
    return (
      <footer class="m-hall__foot">
        <p>{text.ja}</p>
        <p lang="en">{text.en}</p>
      </footer>
    );
  }
  return (
    <footer class="m-hall__foot">
      <p>
        <Pair text={both(view === "list" ? "hall.foot.passed" : "hall.foot.book")} apart />
      </p>
      {board?.closes && view === "list" && (
        <p>
          <Pair
            text={
              board.is_open
                ? both("hall.foot.closes", { time: spokenTime(board.closes) })
                : both("hall.end.title")
            }
            apart
          />
        </p>
      )}
    </footer>
  );
}
