// What keeps the kiosk from giving numbers at all, said before anybody asks for one.
import { dayName, spokenTime } from "@matanai/web/core";
import { currentLocale, t } from "@matanai/web/words";
import type { JSX } from "preact";
import type { Refused } from "../model/types.ts";
import { Frame } from "../parts/frame.tsx";
import { Languages } from "../parts/languages.tsx";
import { PrinterNote } from "../parts/printer.tsx";
import { EndWay, StaffWay } from "../parts/ways.tsx";
import { model } from "../store.ts";

/** What stands before the start screen is told in the visitor's language, too. */
export function CannotPrint(): JSX.Element {
  const printer = model.value.live?.printer;
  const title = {
    paper_out: t("kiosk.cannot_print.out_title"),
    cover_open: t("kiosk.cannot_print.open_title"),
  };
  return (
    <Frame
      title={title[printer as keyof typeof title] ?? t("kiosk.cannot_print.title")}
      strong={t("kiosk.cannot_print.strong")}
      text={t("kiosk.cannot_print.text")}
    >
      <StaffWay isMain reason="printer" />
      {model.value.screen.kind === "start" && <Languages />}
      <PrinterNote />
    </Frame>
  );
}

export function Away(): JSX.Element {
  return (
    <Frame
      title={t("kiosk.away.title")}
      strong={t("kiosk.away.strong")}
      text={t("kiosk.away.text")}
    >
      <StaffWay isMain reason="no_number" />
      {model.value.screen.kind === "start" && <Languages />}
    </Frame>
  );
}

/** `isRefusal`: somebody asked for a number; otherwise it stands where the start screen would. */
export function Closed({
  values,
  isRefusal,
}: {
  values: Refused["values"];
  isRefusal?: boolean;
}): JSX.Element {
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
    <Frame
      title={t("kiosk.closed.title")}
      strong={strong}
      text={text}
      {...(isRefusal ? { tools: { back: true } } : {})}
    >
      {isRefusal ? <EndWay isMain /> : <Languages />}
    </Frame>
  );
}
