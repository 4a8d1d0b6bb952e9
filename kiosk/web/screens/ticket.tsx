// The number, at once and before its paper; then where the paper is.
import type { WaitRange } from "@matanai/web/api";
import { clockOf, spokenTime } from "@matanai/web/core";
import { Icon, TicketNumber, WaitMinutes, waitText } from "@matanai/web/ui";
import { currentLocale, t } from "@matanai/web/words";
import type { JSX } from "preact";
import { ticketSecondsLeft, ticketStaysMs } from "../model/idle.ts";
import { paperOf } from "../model/paper.ts";
import type { TicketAnswer } from "../model/types.ts";
import { Follow } from "../parts/follow.tsx";
import { AnotherTool, Frame } from "../parts/frame.tsx";
import { Press } from "../parts/press.tsx";
import { Reading } from "../parts/reading.tsx";
import { clock, happen, model } from "../store.ts";

function NumberCard(props: {
  answer: TicketAnswer;
  isSmall?: boolean;
  below: string;
}): JSX.Element {
  return (
    <div class={props.isSmall ? "k-card k-number k-number--small" : "k-card k-number"}>
      <h1>
        <Reading text={t("kiosk.ticket.title")} />
      </h1>
      <TicketNumber number={props.answer.ticket.number} />
      <p>
        <b>{props.below}</b>
      </p>
    </div>
  );
}

/** What the ticket promises; or that nothing can be promised. */
function Estimate({ range }: { range: WaitRange | undefined }): JSX.Element {
  return (
    <div class="k-fact k-fact--wait">
      <small>{t("wait.label")}</small>
      {range ? (
        <>
          <b>
            <WaitMinutes range={range} />
          </b>
          <small>{t("wait.latest", { time: spokenTime(clockOf(range.at_latest)) })}</small>
        </>
      ) : (
        <p>{t("wait.unknown")}</p>
      )}
    </div>
  );
}

function Facts({ answer }: { answer: TicketAnswer }): JSX.Element {
  const { people_ahead, reserved_for, zone, estimate } = answer.ticket;
  return (
    <div class="k-facts">
      <div class="k-fact">
        <small>{t("kiosk.ticket.ahead")}</small>
        <b>
          {people_ahead}
          <span>{t("kiosk.ticket.people")}</span>
        </b>
      </div>
      <Estimate range={estimate} />
      {reserved_for && (
        <div class="k-fact">
          <small>{t("kiosk.ticket.reserved")}</small>
          <b>{spokenTime(clockOf(reserved_for))}</b>
        </div>
      )}
      {zone && (
        <div class="k-fact">
          <small>{t("kiosk.ticket.zone")}</small>
          <b>
            {zone}
            <span>{t("kiosk.ticket.zone_name")}</span>
          </b>
        </div>
      )}
    </div>
  );
}

function Outlet({ isOut }: { isOut: boolean }): JSX.Element {
  if (!isOut) return <p class="k-out k-out--wait">{t("kiosk.ticket.printing")}</p>;
  return (
    <p class="k-out" role="status">
      <Icon name="out" size={4.5} weight={2.5} />
      {t("kiosk.ticket.take")}
      <Icon name="out" size={4.5} weight={2.5} />
    </p>
  );
}

function serviceName({ ticket }: TicketAnswer): string {
  return currentLocale() === "ja" ? ticket.service_name_ja : ticket.service_name;
}

function aheadText({ ticket: { people_ahead, estimate } }: TicketAnswer): string {
  const ahead = t("kiosk.no_paper.ahead", { count: people_ahead });
  return estimate ? `${ahead} ${waitText(estimate, people_ahead)}` : ahead;
}

function OnPaper({ answer, isOut }: { answer: TicketAnswer; isOut: boolean }): JSX.Element {
  const count = ticketSecondsLeft(model.value, clock.value) ?? ticketStaysMs / 1000;
  return (
    <Frame
      tools={{ first: <AnotherTool /> }}
      isSpread
      head={
        <div class="k-head k-head--card">
          <NumberCard answer={answer} below={serviceName(answer)} />
        </div>
      }
    >
      {answer.ticket.is_late && <p class="k-lead">{t("kiosk.ticket.late")}</p>}
      <Facts answer={answer} />
      <Follow
        url={answer.ticket.url}
        title={t("kiosk.ticket.phone_title")}
        text={t("kiosk.ticket.phone_text")}
      />
      <Outlet isOut={isOut} />
      <div class="k-end">
        <p>{isOut ? t("kiosk.ticket.returns", { count }) : ""}</p>
        <Press class="k-button" name="end" onPress={() => happen({ type: "home" })}>
          {t("kiosk.ticket.end")}
        </Press>
      </div>
    </Frame>
  );
}

function WithoutPaper({ answer }: { answer: TicketAnswer }): JSX.Element {
  const isOut = model.value.live?.printer === "paper_out";
  return (
    <Frame
      title={isOut ? t("kiosk.no_paper.out_title") : t("kiosk.no_paper.title")}
      strong={t("kiosk.no_paper.strong")}
      text={t("kiosk.no_paper.text")}
      isSpread
    >
      <NumberCard answer={answer} isSmall below={aheadText(answer)} />
      <Follow
        url={answer.ticket.url}
        title={t("kiosk.no_paper.phone_title")}
        text={t("kiosk.no_paper.phone_text")}
      />
      <Press class="k-button k-button--main" name="noted" onPress={() => happen({ type: "home" })}>
        {t("kiosk.no_paper.noted")}
      </Press>
    </Frame>
  );
}

export function Ticket({ answer }: { answer: TicketAnswer }): JSX.Element {
  const paper = paperOf(model.value, answer);
  if (paper === "print_failed") return <WithoutPaper answer={answer} />;
  return <OnPaper answer={answer} isOut={paper === "printed"} />;
}
