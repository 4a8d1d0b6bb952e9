// Those this window would serve, in the order they would be called, each with the reason of its place.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { clockOf } from "../../../../core/index.ts";
import { TicketNumber, waitText } from "../../../../ui/index.ts";
import { t } from "../../../../words/index.ts";
import { focusGo } from "../../control.ts";
import { callPicked, openDesk, pick } from "../../hands.ts";
import {
  callThisOf,
  findNumber,
  isOverdue,
  leftOf,
  minutesBetween,
  type WaitingTicket,
} from "../../model.ts";
import { heardAt, isStale, line, now, own, picked, sought } from "../../state.ts";
import { Sign } from "../icons.tsx";
import { groupName, Key, LeftTime, reasonText, secondsOf, serviceName, Tags } from "../parts.tsx";
import "./lists.css";

export function Waiting(): JSX.Element {
  const shown = findNumber(line.value, sought.value);
  const box = useRef<HTMLDivElement>(null);
  const hidden = useHiddenRows(box, shown.length);
  return (
    <section
      class={isStale.value ? "m-panel is-old" : "m-panel"}
      aria-labelledby="waiting"
      data-region="waiting"
    >
      <div class="m-panel__head">
        <h2 id="waiting" tabIndex={-1}>
          {t("counter.waiting.title")}
        </h2>
        <span class="m-count" data-count={line.value.length}>
          {line.value.length}
          <small>{t("counter.people_unit")}</small>
        </span>
        <p class="m-hide-tablet">{t("counter.waiting.mine")}</p>
        <span class="m-grow" />
        <button
          type="button"
          class="m-tool"
          aria-haspopup="dialog"
          aria-disabled={isStale.value || undefined}
          data-desk
          onClick={openDesk}
        >
          <Sign name="ticket" />
          {t("counter.desk.title")}
          <Key>D</Key>
        </button>
        {isStale.value ? (
          <span class="m-tag">
            <Sign name="clock" />
            {t("counter.stop.as_of", { time: secondsOf(heardAt.value) })}
          </span>
        ) : (
          <Seek />
        )}
      </div>
      <div class="m-scroll" ref={box}>
        <table class="m-table m-table--waiting">
          <thead>
            <tr>
              <th>{t("counter.waiting.number")}</th>
              <th>{t("counter.waiting.service")}</th>
              <th class="is-end">{t("counter.waiting.wait")}</th>
              <th class="is-end">{t("counter.waiting.promise")}</th>
              <th class="is-end">{t("counter.waiting.left")}</th>
              <th class="m-hide-tablet">{t("counter.person.reason")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((ticket) => (
              <Row key={ticket.id} ticket={ticket} isNext={ticket === line.value[0]} />
            ))}
          </tbody>
        </table>
        {shown.length === 0 && (
          <p class="m-empty">
            {t(sought.value ? "counter.waiting.not_found" : "counter.go.nobody")}
          </p>
        )}
      </div>
      {shown.length > 0 && <p class="m-table__more">{moreText(shown, hidden)}</p>}
    </section>
  );
}

function moreText(shown: readonly WaitingTicket[], hidden: number): string {
  if (hidden === 0) return t("counter.waiting.all");
  return t("counter.waiting.more", {
    count: hidden,
    from: shown[shown.length - hidden]?.number ?? "",
    to: shown[shown.length - 1]?.number ?? "",
  });
}

function Seek(): JSX.Element {
  return (
    <label class="m-seek">
      <Sign name="search" />
      <span class="u-hidden">{t("counter.waiting.seek")}</span>
      <input
        id="seek"
        type="search"
        autocomplete="off"
        placeholder={t("counter.waiting.seek")}
        value={sought.value}
        onInput={(event) => {
          sought.value = event.currentTarget.value;
          pick(undefined);
        }}
      />
      <Key>/</Key>
    </label>
  );
}

function reasonOf(ticket: WaitingTicket): string {
  const first = own.value?.groups[0];
  if (ticket.order_reason === "ready_time" && ticket.group !== first) {
    return t("counter.reason.second_group", { group: ticket.group });
  }
  if (ticket.order_reason === "reservation_head_start") {
    return t("counter.reason.joined_at", { time: clockOf(ticket.ready_at) });
  }
  return reasonText(ticket.order_reason);
}

/** Of the chosen row: why it stands here, and when the call is expected now. */
function pickedText(ticket: WaitingTicket): string {
  const reason = reasonOf(ticket);
  if (!ticket.estimate) return reason;
  const range = waitText(ticket.estimate, 1);
  return t("counter.waiting.estimate", { reason, range });
}

function Waited({ ticket, isLate }: { ticket: WaitingTicket; isLate: boolean }): JSX.Element {
  const minutes = minutesBetween(ticket.issued_at, now.value);
  if (!isLate) return <>{minutes}</>;
  return (
    <span class="m-late">
      <Sign name="late" />
      {minutes}
    </span>
  );
}

function Row({ ticket, isNext }: { ticket: WaitingTicket; isNext: boolean }): JSX.Element {
  const left = leftOf(ticket.told_latest, now.value);
  const isLate = isOverdue(ticket, now.value);
  const isPicked = picked.value === ticket.id;
  const looks = [isLate && "is-late", isNext && "is-next", isPicked && "is-picked"].filter(Boolean);
  return (
    <tr class={looks.join(" ")} data-number={ticket.number}>
      <td>
        <button
          type="button"
          class="m-pick"
          aria-pressed={isPicked}
          aria-label={`${ticket.number} ${serviceName(ticket.service)}`}
          onClick={(event) => {
            pick(isPicked ? undefined : ticket.id);
            // By mouse or finger the keys stay with the large button: Space must not press this row again.
            if (event.detail > 0) focusGo();
          }}
        >
          <TicketNumber number={ticket.number} />
        </button>
      </td>
      <td>
        <span class="m-what">
          <span class="m-what__name">{serviceName(ticket.service)}</span>
          {isPicked && <small class="m-muted">{pickedText(ticket)}</small>}
          <span class="m-rail">
            {ticket.group !== ticket.number.charAt(0) && (
              <span class="m-tag" title={groupName(ticket.group)}>
                {ticket.group}
              </span>
            )}
            <Tags of={ticket} />
            {isPicked && <CallThis place="m-tablet-only" />}
          </span>
        </span>
      </td>
      <td class="is-end m-num">
        <Waited ticket={ticket} isLate={isLate && !left} />
      </td>
      <td class="is-end m-num">{ticket.told_latest && clockOf(ticket.told_latest)}</td>
      <td class="is-end m-num">{left && <LeftTime left={left} />}</td>
      <td class="m-hide-tablet">{isPicked ? <CallThis place="" /> : reasonOf(ticket)}</td>
    </tr>
  );
}

function CallThis({ place }: { place: string }): JSX.Element | null {
  if (!own.value || callThisOf(own.value, isStale.value) === "no") return null;
  return (
    <button type="button" class={`m-row-go ${place}`} data-call-this onClick={() => callPicked()}>
      {t("counter.waiting.call_this")}
      <Key>Enter</Key>
    </button>
  );
}

/** How many rows lie below the visible part of the list. */
function useHiddenRows(box: { current: HTMLDivElement | null }, count: number): number {
  const hidden = useSignal(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const end = element.getBoundingClientRect().bottom;
      const rows = [...element.querySelectorAll("tbody tr")];
      hidden.value = rows.filter((row) => row.getBoundingClientRect().bottom > end + 8).length;
    };
    const sizes = new ResizeObserver(measure);
    sizes.observe(element);
    element.addEventListener("scroll", measure, { passive: true });
    measure();
    return () => {
      sizes.disconnect();
      element.removeEventListener("scroll", measure);
    };
  }, [count]);
  return hidden.value;
}
