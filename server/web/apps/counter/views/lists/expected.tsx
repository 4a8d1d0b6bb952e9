// Reservations that have not come yet. Who is late is told with words; no-show is the server's decision.
import type { JSX } from "preact";
import { t } from "../../../../words/index.ts";
import { type ExpectedVisit, expectedOf, minutesBetween } from "../../model.ts";
import { floor, isStale, now, own } from "../../state.ts";
import { Sign } from "../icons.tsx";
import { reachable, serviceName, Tags } from "../parts.tsx";
import "./lists.css";

export function Expected(): JSX.Element {
  const visits = floor.value && own.value ? expectedOf(floor.value, own.value.groups) : [];
  return (
    <section
      class={isStale.value ? "m-panel is-old" : "m-panel"}
      aria-labelledby="expected"
      data-region="expected"
    >
      <div class="m-panel__head">
        <h2 id="expected" tabIndex={-1}>
          {t("counter.expected.title")}
        </h2>
        <span class="m-count">
          {visits.length}
          <small>{t("counter.people_unit")}</small>
        </span>
      </div>
      <div class="m-scroll" {...reachable(visits.length > 3, t("counter.expected.title"))}>
        <table class="m-table">
          <tbody>
            {visits.map((visit, place) => (
              <Row key={`${visit.start} ${visit.service} ${place}`} visit={visit} />
            ))}
          </tbody>
        </table>
        {visits.length === 0 && <p class="m-empty">{t("counter.expected.none")}</p>}
      </div>
    </section>
  );
}

function Row({ visit }: { visit: ExpectedVisit }): JSX.Element {
  const late = minutesBetween(visit.start, now.value);
  const isPast = Date.parse(visit.start) <= now.value;
  const isPlain = visit.locale === "ja" && visit.help.length === 0;
  return (
    <tr>
      <td class="m-num m-narrow">{visit.time}</td>
      <td class="m-cut">{serviceName(visit.service)}</td>
      <td class="is-end m-narrow">
        <span class="m-rail m-rail--end">
          <Tags of={visit} />
          {isPast ? (
            <span class="m-soon">
              <Sign name="soon" />
              {t("counter.expected.late", { minutes: late })}
            </span>
          ) : (
            isPlain && <span class="m-muted">{t("counter.expected.not_yet")}</span>
          )}
        </span>
      </td>
    </tr>
  );
}
