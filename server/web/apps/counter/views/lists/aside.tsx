// Absent people and those on hold: one press brings them back into the line, next at a free window.
import type { JSX } from "preact";
import { clockOf } from "../../../../core/index.ts";
import { TicketNumber } from "../../../../ui/index.ts";
import { t } from "../../../../words/index.ts";
import { send } from "../../control.ts";
import { type AsideTicket, asideOf } from "../../model.ts";
import { floor, isStale, own } from "../../state.ts";
import { Sign } from "../icons.tsx";
import { reachable, serviceName } from "../parts.tsx";
import "./lists.css";

export function Aside(): JSX.Element {
  const people = floor.value && own.value ? asideOf(floor.value, own.value.groups) : [];
  return (
    <section
      class={isStale.value ? "m-panel is-old" : "m-panel"}
      aria-labelledby="aside"
      data-region="aside"
    >
      <div class="m-panel__head">
        <h2 id="aside" tabIndex={-1}>
          {t("counter.aside.title")}
        </h2>
        <span class="m-count">
          {people.length}
          <small>{t("counter.people_unit")}</small>
        </span>
      </div>
      <div
        class="m-scroll"
        {...reachable(isStale.value && people.length > 2, t("counter.aside.title"))}
      >
        <table class="m-table">
          <tbody>
            {people.map((ticket) => (
              <Row key={ticket.id} ticket={ticket} />
            ))}
          </tbody>
        </table>
        <p class="m-empty">{t(people.length > 0 ? "counter.aside.note" : "counter.aside.none")}</p>
      </div>
    </section>
  );
}

function Row({ ticket }: { ticket: AsideTicket }): JSX.Element {
  const isAbsent = ticket.state === "absent";
  return (
    <tr data-aside={ticket.number}>
      <td class="m-narrow">
        <TicketNumber number={ticket.number} plain />
      </td>
      <td class="m-narrow">
        <span class="m-tag">
          <Sign name={isAbsent ? "absent" : "hold"} />
          {t(isAbsent ? "counter.aside.absent" : "counter.aside.on_hold")}
        </span>
      </td>
      <td class="m-num m-narrow">{clockOf(ticket.since)}</td>
      <td class="m-cut m-hide-tablet">
        {isAbsent
          ? t("counter.aside.calls", { count: ticket.times_called })
          : serviceName(ticket.service)}
      </td>
      <td class="is-end m-narrow">
        {!isStale.value && (
          <button
            type="button"
            class="m-mini"
            aria-label={`${ticket.number} ${t(isAbsent ? "counter.aside.returned" : "counter.aside.resume")}`}
            onClick={() => void send({ command: "back", ticket: ticket.id })}
          >
            {t(isAbsent ? "counter.aside.returned" : "counter.aside.resume")}
          </button>
        )}
      </td>
    </tr>
  );
}
