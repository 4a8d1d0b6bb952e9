// Every "no" with its ways on, best first. What the visitor has stays theirs, and the screen says so.
import { dayName, spokenTime } from "@matanai/web/core";
import { TicketNumber } from "@matanai/web/ui";
import { currentLocale, t } from "@matanai/web/words";
import type { ComponentChildren, JSX } from "preact";
import type { Refused, Task } from "../model/types.ts";
import { Frame } from "../parts/frame.tsx";
import { Way } from "../parts/way.tsx";
import { CodeWay, EndWay, NewTimeWay, StaffWay, WalkInWay } from "../parts/ways.tsx";
import { happen, model } from "../store.ts";
import { Early } from "./early.tsx";
import { Away, CannotPrint, Closed } from "./prevented.tsx";

/** After so many numbers that were not found staff is the first way. */
export const missesBeforeStaff = 3;

interface PlainProps {
  title: string;
  strong?: string;
  text?: string;
  head?: ComponentChildren;
  children: ComponentChildren;
}

function Plain({ children, ...words }: PlainProps): JSX.Element {
  return (
    <Frame {...words} tools={{ back: true }}>
      {children}
    </Frame>
  );
}

function NotFound(): JSX.Element {
  const isOften = model.value.misses >= missesBeforeStaff;
  return (
    <Plain
      title={t("kiosk.not_found.title")}
      text={isOften ? t("kiosk.not_found.often") : t("kiosk.not_found.text")}
    >
      {isOften && <StaffWay isMain reason="not_found" />}
      <CodeWay {...(isOften ? {} : { isMain: true })} />
      <WalkInWay />
    </Plain>
  );
}

function Already({ number }: { number: string }): JSX.Element {
  return (
    <Plain
      title={t("kiosk.already.title")}
      text={t("kiosk.already.text")}
      head={
        <div class="k-head k-head--card">
          <div class="k-card k-number k-number--small">
            {number && <TicketNumber number={number} />}
          </div>
        </div>
      }
    >
      <EndWay isMain />
      <StaffWay title={t("kiosk.already.lost")} />
    </Plain>
  );
}

/** `isSilent`: not even the kiosk's own program answered. */
function Unanswered({ isSilent }: { isSilent: boolean }): JSX.Element {
  const title = isSilent ? t("kiosk.away.title") : t("kiosk.unsure_sent.title");
  return (
    <Plain title={title} text={t("kiosk.unsure_sent.text")}>
      <StaffWay isMain reason="no_number" />
    </Plain>
  );
}

/** Words of the catalogue, for what needs no screen of its own. */
function Other({ refused, task }: { refused: Refused; task: Task }): JSX.Element {
  return (
    <Plain
      title={refused.title || t("kiosk.busy.title")}
      text={refused.detail || t("kiosk.busy.text")}
    >
      <Way
        icon="renew"
        name="again"
        isMain
        title={t("kiosk.way.again")}
        text={t("kiosk.way.again_text")}
        onPress={() =>
          happen(task === "check_in" ? { type: "chose_booked" } : { type: "chose_none" })
        }
      />
      <StaffWay reason="no_number" />
    </Plain>
  );
}

export function RefusedScreen({ refused, task }: { refused: Refused; task: Task }): JSX.Element {
  const { code, values } = refused;
  const slot = spokenTime(values.slot ?? "");
  const day = values.date ? dayName(currentLocale(), values.date) : "";
  switch (code) {
    case "check_in_too_early":
    case "slot_full":
    case "too_late_to_book":
    case "no_such_slot":
      return <Early code={code} values={values} />;
    case "check_in_too_late":
      return (
        <Plain
          title={t("kiosk.late.title", { slot })}
          strong={t("kiosk.late.strong")}
          text={t("kiosk.late.text")}
        >
          <WalkInWay isMain />
          <NewTimeWay />
          <StaffWay />
        </Plain>
      );
    case "check_in_other_day":
      return (
        <Plain
          title={t("kiosk.other_day.title", { day, slot })}
          strong={t("kiosk.other_day.strong")}
          text={t("kiosk.other_day.text")}
        >
          <EndWay isMain />
          <WalkInWay text={t("kiosk.way.walk_in_keeps")} />
          <NewTimeWay />
        </Plain>
      );
    case "check_in_other_office": {
      const isJapanese = currentLocale().startsWith("ja");
      const office = values[isJapanese ? "office_name" : "office_name_en"] ?? values.office ?? "";
      return (
        <Plain
          title={t("kiosk.other_office.title", { office })}
          strong={t("kiosk.other_office.strong", { office, day, slot })}
          text={t("kiosk.other_office.text")}
        >
          <EndWay isMain />
          <WalkInWay text={t("kiosk.way.walk_in_keeps")} />
          <NewTimeWay />
        </Plain>
      );
    }
    case "check_in_not_found":
      return <NotFound />;
    case "already_checked_in":
      return <Already number={values.number ?? ""} />;
    case "reservation_cancelled":
      return (
        <Plain title={t("kiosk.cancelled.title")} text={t("kiosk.cancelled.text")}>
          <WalkInWay isMain />
          <NewTimeWay />
          <StaffWay />
        </Plain>
      );
    case "office_not_issuing":
      return <Closed values={values} isRefusal />;
    case "printer_not_ready":
      return <CannotPrint />;
    case "server_unreachable":
      return values.sent ? <Unanswered isSilent={values.silent !== undefined} /> : <Away />;
    default:
      return <Other refused={refused} task={task} />;
  }
}
