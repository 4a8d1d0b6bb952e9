// Short screens between the others: working, misread, a print in question, still there, staff on the way.
import { TicketNumber } from "@matanai/web/ui";
import { t } from "@matanai/web/words";
import type { JSX } from "preact";
import type { PaperProgress, Task } from "../model/types.ts";
import { Frame } from "../parts/frame.tsx";
import { Press } from "../parts/press.tsx";
import { PrinterNote } from "../parts/printer.tsx";
import { Way } from "../parts/way.tsx";
import { happen, model } from "../store.ts";

export function Working({ task }: { task: Task }): JSX.Element {
  const title = task === "check_in" ? t("kiosk.working.check_in") : t("kiosk.working.title");
  return <Frame title={title} text={t("kiosk.working.text")} />;
}

export function Misread(): JSX.Element {
  return (
    <Frame
      title={t("kiosk.scan.misread_title")}
      text={t("kiosk.scan.misread_text")}
      tools={{ back: true }}
    >
      <Way
        icon="calendar"
        name="keypad"
        isMain
        title={t("kiosk.scan.keypad_way")}
        text={t("kiosk.scan.keypad_text")}
        onPress={() => happen({ type: "chose_booked" })}
      />
      <Way
        icon="ticket"
        name="walk-in"
        title={t("kiosk.way.walk_in")}
        text={t("kiosk.way.walk_in_text")}
        onPress={() => happen({ type: "chose_none" })}
      />
    </Frame>
  );
}

export function Question({ paper }: { paper: PaperProgress }): JSX.Element {
  const answer = (cameOut: boolean) => () =>
    happen({ type: "paper_answer", messageId: paper.message_id, cameOut });
  return (
    <Frame
      title={t("kiosk.question.title")}
      text={t("kiosk.question.text")}
      head={
        <div class="k-head k-head--card">
          <div class="k-card k-number k-number--small">
            <TicketNumber number={paper.number} />
          </div>
        </div>
      }
    >
      <Way
        icon="check"
        name="came-out"
        isMain
        title={t("kiosk.question.yes")}
        text={t("kiosk.question.yes_text")}
        onPress={answer(true)}
      />
      <Way
        icon="print"
        name="did-not-come-out"
        title={t("kiosk.question.no")}
        text={t("kiosk.question.no_text")}
        onPress={answer(false)}
      />
    </Frame>
  );
}

export function Still({ secondsLeft }: { secondsLeft: number }): JSX.Element {
  return (
    <Frame title={t("kiosk.still.title")} text={t("kiosk.still.text", { count: secondsLeft })}>
      <Press
        class="k-button k-button--main k-button--tall"
        name="still"
        onPress={() => happen({ type: "still_here" })}
      >
        {t("kiosk.still.yes")}
      </Press>
      <Press class="k-button" name="end" onPress={() => happen({ type: "home" })}>
        {t("kiosk.still.no")}
      </Press>
    </Frame>
  );
}

export function Staff(): JSX.Element {
  const stage = model.value.isStale ? "bell" : (model.value.live?.staff_call ?? "calling");
  const text = stage === "calling" ? {} : { text: t(`kiosk.staff.${stage}.text`) };
  return (
    <Frame title={t(`kiosk.staff.${stage}.title`)} {...text}>
      <Press class="k-button" name="back" onPress={() => happen({ type: "back" })}>
        {t("kiosk.staff.back")}
      </Press>
      <PrinterNote />
    </Frame>
  );
}
