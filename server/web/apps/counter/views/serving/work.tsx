// The clerk's screen: bar, the person on the left, the lists on the right, the day below.
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../../../../words/index.ts";
import { listenToCalls } from "../../calls.ts";
import { focusGo, tryNow } from "../../control.ts";
import { listenToKeys } from "../../hands.ts";
import { heardAt, isStale, own } from "../../state.ts";
import { Bar } from "../bar/bar.tsx";
import { DayLine } from "../bar/day_line.tsx";
import { Calls } from "../calls/calls.tsx";
import { Actions } from "../go/actions.tsx";
import { GoButton } from "../go/go.tsx";
import { UndoBar } from "../go/undo.tsx";
import { Sign } from "../icons.tsx";
import { KioskNotes } from "../kiosks/kiosks.tsx";
import { Aside } from "../lists/aside.tsx";
import { Expected } from "../lists/expected.tsx";
import { Waiting } from "../lists/waiting.tsx";
import { secondsOf } from "../parts.tsx";
import { Person } from "../person/person.tsx";
import "./work.css";

export function Work(): JSX.Element {
  useEffect(() => {
    const stops = [listenToKeys(), listenToCalls()];
    focusGo();
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return (
    <div
      class={isStale.value ? "m-counter m-counter--stopped" : "m-counter"}
      data-state={own.value?.state}
      data-window={own.value?.window}
      data-number={own.value?.ticket?.number}
      data-stale={isStale.value}
    >
      <Bar />
      {isStale.value ? <StopBar /> : <div />}
      <main class="m-counter__work">
        <section class="m-counter__now" aria-label={t("counter.now")} data-region="go">
          <Person />
          <div class="m-person__gap" />
          <GoButton />
          <Actions />
          <UndoBar />
        </section>
        <div class="m-counter__line">
          <Waiting />
          <Calls />
          <KioskNotes />
        </div>
        <div class="m-counter__side">
          <Expected />
          <Aside />
        </div>
      </main>
      <DayLine />
    </div>
  );
}

function StopBar(): JSX.Element {
  return (
    <div class="m-stopbar" role="alert">
      <Sign name="unplugged" />
      <p>
        <b>{t("counter.stop.title")}</b>
        <span>{t("counter.stop.text", { time: secondsOf(heardAt.value) })}</span>
      </p>
      <button type="button" class="m-tool" onClick={tryNow}>
        {t("counter.stop.try")}
      </button>
    </div>
  );
}
