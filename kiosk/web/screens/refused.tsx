// Every "no" with its ways on, best first. What the visitor has stays theirs, and the screen says so.
import { dayName, serverNow, spokenTime, timeAt } from "@matanai/web/core";
import { TicketNumber } from "@matanai/web/ui";
import { currentLocale, t } from "@matanai/web/words";
import type { ComponentChildren, JSX } from "preact";
import { officeIn } from "../model/office.ts";
import type { Refused, Task } from "../model/types.ts";
import { Frame } from "../parts/frame.tsx";
import { Way } from "../parts/way.tsx";
import { CodeWay, EndWay, StaffWay, WalkInWay } from "../parts/ways.tsx";
import { happen, model, offices } from "../store.ts";
import { Away, CannotPrint } from "./prevented.tsx";

/** After so many numbers that were not found staff is the first way. */
export const missesBeforeStaff = 3;

function Point(props: { name: string; time: string; isGoal?: boolean }): JSX.Element {
  return (
    <div class={props.isGoal ? "is-goal" : ""}>
      {props.name}
      <b>{props.time}</b>
    </div>
  );
}

/** The service that a refusal names, in the visitor's language; nothing where it names none. */
function serviceOf({ service }: Refused["values"]): string | undefined {
  const office = officeIn(offices.value, currentLocale());
  return office?.services.find(({ id }) => id === service)?.name;
}

function Early({ values }: { values: Refused["values"] }): JSX.Element {
  const slot = spokenTime(values.slot ?? "");
  const from = spokenTime(values.from ?? "");
  const service = serviceOf(values);
  return (
    <Frame
      title={t("kiosk.early.title", { slot })}
      strong={t("kiosk.early.strong", { from })}
      {...(service ? { text: service } : {})}
      tools={{ back: true }}
      head={
        <div class="k-timeline">
          <Point name={t("kiosk.early.now")} time={spokenTime(timeAt(serverNow()))} />
          <Point name={t("kiosk.early.opens")} time={from} isGoal />
          <Point name={t("kiosk.early.slot")} time={slot} />
        </div>
      }
    >
      <EndWay
        isMain
        title={t("kiosk.early.come_back", { from })}
        text={t("kiosk.early.come_back_text")}
      />
      <WalkInWay text={t("kiosk.way.walk_in_early")} />
    </Frame>
  );
}

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

function Closed({ values }: { values: Refused["values"] }): JSX.Element {
  const { opens, closes, next_date, next_time } = values;
  const strong =
    next_date && next_time
      ? t("kiosk.closed.next", {
          day: dayName(currentLocale(), next_date),
          time: spokenTime(next_time),
        })
      : "";
  const text =
    opens && closes
      ? t("kiosk.closed.today", { from: spokenTime(opens), until: spokenTime(closes) })
      : "";
  return (
    <Plain title={t("kiosk.closed.title")} strong={strong} text={text}>
      <EndWay isMain />
      <StaffWay />
    </Plain>
  );
}

/** `isSilent`: not even the kiosk's own program answered. */
function Unanswered({ isSilent }: { isSilent: boolean }): JSX.Element {
  const title = isSilent ? t("kiosk.away.title") : t("kiosk.unsure_sent.title");
  return (
    <Plain title={title} text={t("kiosk.unsure_sent.text")}>
      <StaffWay isMain reason="cannot_issue" />
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
      <StaffWay reason="cannot_issue" />
    </Plain>
  );
}

export function RefusedScreen({ refused, task }: { refused: Refused; task: Task }): JSX.Element {
  const { code, values } = refused;
  const slot = spokenTime(values.slot ?? "");
  const day = values.date ? dayName(currentLocale(), values.date) : "";
  switch (code) {
    case "check_in_too_early":
      return <Early values={values} />;
    case "check_in_too_late":
      return (
        <Plain
          title={t("kiosk.late.title", { slot })}
          strong={t("kiosk.late.strong")}
          text={t("kiosk.late.text")}
        >
          <WalkInWay isMain />
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
          <WalkInWay text={t("kiosk.way.walk_in_early")} />
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
          <WalkInWay text={t("kiosk.way.walk_in_early")} />
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
          <StaffWay />
        </Plain>
      );
    case "office_not_issuing":
      return <Closed values={values} />;
    case "printer_not_ready":
      return <CannotPrint />;
    case "server_unreachable":
      return values.sent ? <Unanswered isSilent={values.silent !== undefined} /> : <Away />;
    default:
      return <Other refused={refused} task={task} />;
  }
}
