// Kiosks that call for staff: below the line, so that no button moves, until somebody goes.
import type { JSX } from "preact";
import { t } from "../../../../words/index.ts";
import { goTo, openCalls, type StaffCall } from "../../calls.ts";
import { kiosks, placeName } from "../../kiosks.ts";
import { minutesBetween } from "../../model.ts";
import { answering, isStale, now } from "../../state.ts";
import { Sign } from "../icons.tsx";
import { Key } from "../parts.tsx";
import "./calls.css";

export function Calls(): JSX.Element {
  return (
    <div role="alert">
      {openCalls.value.length > 0 && (
        <ul aria-label={t("counter.calls.title")}>
          {openCalls.value.map((call, place) => (
            <Call key={call.id} call={call} isOldest={place === 0} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** What to bring: the paper that is left, or why nothing is printed. */
function Cause({ call }: { call: StaffCall }): JSX.Element | null {
  const printer = kiosks.value.find(({ id }) => id === call.place)?.printer;
  if (!printer) return null;
  if (call.reason === "paper_near_end")
    return <b>{t("kiosk.printer.paper", { metres: printer.paper_metres })}</b>;
  if (call.reason !== "printer" || printer.state === "ready") return null;
  return <b>{t(`paper.printer.${printer.state}`)}</b>;
}

function Call({ call, isOldest }: { call: StaffCall; isOldest: boolean }): JSX.Element {
  const minutes = minutesBetween(call.called_at, now.value);
  return (
    <li class="m-call" data-call={call.id}>
      <Sign name="bell" />
      <b>{placeName(call.place)}</b>
      <span class="m-call__reason">
        {t(`counter.calls.reason.${call.reason}`)} <Cause call={call} />
      </span>
      <span class="m-num">
        {minutes === 0 ? t("counter.calls.now") : t("counter.calls.ago", { minutes })}
      </span>
      <button
        type="button"
        class="m-tool"
        aria-disabled={isStale.value || undefined}
        aria-busy={answering.value === call.id || undefined}
        data-answer
        onClick={() => void goTo(call)}
      >
        {t("counter.calls.go")}
        {isOldest && <Key>A</Key>}
      </button>
    </li>
  );
}
