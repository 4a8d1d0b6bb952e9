// The left panel: who is called or served, or who would be next.
import type { ComponentChildren, JSX } from "preact";
import { clockOf } from "../../../../core/index.ts";
import { TicketNumber } from "../../../../ui/index.ts";
import { localeNames, t, tMaybe } from "../../../../words/index.ts";
import {
  absentIsDue,
  expectedOf,
  isOverdue,
  leftOf,
  minutesBetween,
  type WaitingTicket,
  type WindowTicket,
} from "../../model.ts";
import { floor, line, now, own } from "../../state.ts";
import { Sign, type SignName } from "../icons.tsx";
import {
  HelpTag,
  LeftTime,
  reasonText,
  serviceName,
  spanText,
  stopwatch,
  Tags,
} from "../parts.tsx";
import "./person.css";

type State = "free" | "called" | "serving" | "paused" | "closed";
const signs: Record<State, SignName> = {
  free: "free",
  called: "bell",
  serving: "serving",
  paused: "paused",
  closed: "closed",
};

export function Person(): JSX.Element | null {
  const window = own.value;
  if (!window) return null;
  const { ticket } = window;
  return (
    <>
      <div class="m-person__top">
        <span class={`m-state m-state--${window.state}`} data-sign={window.state}>
          <Sign name={signs[window.state]} />
          {t(`counter.state.${window.state}`)}
        </span>
        {ticket && ticket.times_called > 1 && window.state === "called" && (
          <span class="m-tag">{t("counter.person.times", { count: ticket.times_called })}</span>
        )}
        <Timer />
      </div>
      {ticket ? <Ticket ticket={ticket} /> : <Idle />}
    </>
  );
}

function Timer(): JSX.Element | null {
  const window = own.value;
  const ticket = window?.ticket;
  const ms = now.value;
  if (window?.state === "called" && ticket) {
    const isDue = absentIsDue(ticket, ms);
    return (
      <p class="m-person__timer">
        {t("counter.person.since_call")}
        <b>{stopwatch(ms - Date.parse(ticket.since))}</b>
        {t(isDue ? "counter.person.absent_due" : "counter.person.absent_later")}
      </p>
    );
  }
  if (window?.state === "serving" && ticket?.started_at) {
    const usual = floor.value?.services.find((service) => service.id === ticket.service)?.minutes;
    return (
      <p class="m-person__timer">
        {t("counter.person.serving")}
        <b>{spanText(ms - Date.parse(ticket.started_at))}</b>
        {usual !== undefined && t("counter.person.usual", { minutes: usual })}
      </p>
    );
  }
  if (window?.state === "paused" && window.paused_at) {
    return (
      <p class="m-person__timer">
        {t("counter.person.since_pause")}
        <b>{spanText(ms - Date.parse(window.paused_at))}</b>
      </p>
    );
  }
  return null;
}

function Fact({
  name,
  children,
  care,
}: {
  name: string;
  children: ComponentChildren;
  care?: boolean;
}): JSX.Element {
  return (
    <div class={care ? "is-care" : undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Ticket({ ticket }: { ticket: WindowTicket }): JSX.Element {
  const languageJa = tMaybe(`counter.language.${ticket.locale}`);
  return (
    <>
      <div class="m-person__id" data-number={ticket.number}>
        <TicketNumber number={ticket.number} />
        <div>
          <h2 class="m-person__service">{serviceName(ticket.service)}</h2>
          <p class="m-person__tags m-rail">
            <Tags of={{ ...ticket, help: [], locale: "ja" }} />
          </p>
        </div>
      </div>
      <dl class="m-person__facts">
        <Fact name={t("counter.person.waited")}>
          {Math.floor(ticket.wait_seconds / 60)}
          <small>{t("counter.minutes_unit")}</small>
        </Fact>
        <Fact name={t("counter.person.promise")}>
          <Promised ticket={ticket} />
        </Fact>
        <Fact name={t("counter.person.issued")}>{clockOf(ticket.issued_at)}</Fact>
        <Fact name={t("counter.person.language")}>
          <span lang={ticket.locale}>{localeNames[ticket.locale]}</span>
          {ticket.locale !== "ja" && languageJa && (
            <small class="m-hide-tablet">{languageJa}</small>
          )}
        </Fact>
        <Fact name={t("counter.person.help")} care={ticket.help.length > 0}>
          {ticket.help.length > 0 ? (
            <span class="m-rail">
              {ticket.help.map((help) => (
                <HelpTag key={help} help={help} />
              ))}
            </span>
          ) : (
            <small>{t("counter.none")}</small>
          )}
        </Fact>
        <Fact name={t("counter.person.called")}>
          {clockOf(ticket.called_at)}
          <small>{t("counter.person.times", { count: ticket.times_called })}</small>
        </Fact>
      </dl>
      <p class="m-person__note">
        <Sign name="info" />
        <span>
          <b>{t("counter.person.reason")}</b> {reasonText(ticket.order_reason)}
          <br />
          {passedText(ticket)}
        </span>
      </p>
    </>
  );
}

/** The latest time that the ticket says, and whether the call came by then. */
function Promised({ ticket }: { ticket: WindowTicket }): JSX.Element {
  const { told_latest, first_called_at } = ticket;
  const left = leftOf(told_latest, Date.parse(first_called_at));
  if (!told_latest || !left) return <small>{t("counter.none")}</small>;
  return (
    <>
      {clockOf(told_latest)}
      {left.kind === "late" ? (
        <LeftTime left={left} />
      ) : (
        <span class="m-kept">
          <Sign name="check" />
          {t("counter.person.kept")}
        </span>
      )}
    </>
  );
}

function passedText({ service, passed }: WindowTicket): string {
  const limit = floor.value?.services.find(({ id }) => id === service)?.passed_limit ?? 0;
  return t("counter.person.passed", { count: passed, limit });
}

function Idle(): JSX.Element {
  const window = own.value;
  const next = line.value[0];
  if (window?.state === "paused") {
    return (
      <div class="m-idle">
        <h2 class="m-idle__title">{t("counter.idle.paused")}</h2>
        {window.pause_reason && <p class="m-muted">{t(`counter.pause.${window.pause_reason}`)}</p>}
      </div>
    );
  }
  return (
    <div class="m-idle">
      <h2 class="m-idle__title">{t(next ? "counter.idle.title" : "counter.idle.nobody")}</h2>
      {!next && <p class="m-muted">{nextReservation()}</p>}
      {next && (
        <dl class="m-idle__next">
          <dt>{t("counter.idle.next")}</dt>
          <dd data-next={next.number}>
            <TicketNumber number={next.number} />
            <div>
              <b>{serviceName(next.service)}</b>
              <Waited ticket={next} />
              <p class="m-muted">
                {t("counter.idle.reason", { reason: reasonText(next.order_reason) })}
              </p>
              <p class="m-rail">
                <Tags of={next} />
              </p>
            </div>
          </dd>
        </dl>
      )}
    </div>
  );
}

function Waited({ ticket }: { ticket: WaitingTicket }): JSX.Element {
  const minutes = minutesBetween(ticket.issued_at, now.value);
  const text = t("counter.idle.waiting", { minutes });
  const left = leftOf(ticket.told_latest, now.value);
  if (left && ticket.told_latest) {
    return (
      <p>
        {text} {t("counter.idle.promise", { time: clockOf(ticket.told_latest) })}{" "}
        <LeftTime left={left} />
      </p>
    );
  }
  if (!isOverdue(ticket, now.value)) return <p>{text}</p>;
  return (
    <p class="m-late">
      <Sign name="late" />
      {text}
    </p>
  );
}

function nextReservation(): string {
  const window = own.value;
  const visits = floor.value && window ? expectedOf(floor.value, window.groups) : [];
  const soonest = visits.find((visit) => Date.parse(visit.start) > now.value);
  if (!soonest) return t("counter.idle.no_reservation");
  return t("counter.idle.next_reservation", {
    time: soonest.time,
    service: serviceName(soonest.service),
  });
}
