// Before the check-in opens: when to come back, the free times before it, or a ticket now, which gives the reservation up.
// Also when a time chosen here was gone: the reservation is as it was.
import { serverNow, spokenTime, timeAt } from "@matanai/web/core";
import { Icon, waitText } from "@matanai/web/ui";
import { currentLocale, t } from "@matanai/web/words";
import type { JSX } from "preact";
import { lineOf, officeIn } from "../model/office.ts";
import type { Line, Refused } from "../model/types.ts";
import { Frame } from "../parts/frame.tsx";
import { Press } from "../parts/press.tsx";
import { Way } from "../parts/way.tsx";
import { EndWay } from "../parts/ways.tsx";
import { happen, model, offices } from "../store.ts";

type Values = Refused["values"];

function Point(props: { name: string; time: string; isGoal?: boolean }): JSX.Element {
  return (
    <div class={props.isGoal ? "is-goal" : ""}>
      {props.name}
      <b>{props.time}</b>
    </div>
  );
}

function Earlier({ times }: { times: readonly string[] }): JSX.Element {
  return (
    <section class="k-earlier">
      <div class="k-earlier__head">
        <Icon name="calendar" size={5} weight={1.8} />
        <p class="k-way__text">
          <b>{t("kiosk.early.earlier")}</b>
          <span>{t("kiosk.early.earlier_text")}</span>
        </p>
      </div>
      <div class="k-earlier__times">
        {times.map((time) => (
          <Press
            key={time}
            class="k-button"
            name={`earlier-${time}`}
            label={t("kiosk.early.earlier_to", { time: spokenTime(time) })}
            onPress={() => happen({ type: "chose_earlier", time })}
          >
            {spokenTime(time)}
          </Press>
        ))}
      </div>
    </section>
  );
}

function lineText({ waiting, estimate }: Line): string {
  if (!estimate) return t("kiosk.early.ticket_waiting", { count: waiting });
  return t("kiosk.early.ticket_wait", { count: waiting, wait: waitText(estimate, waiting) });
}

function TicketInstead({ service }: { service: string }): JSX.Element {
  const office = officeIn(offices.value, currentLocale());
  const line = office && lineOf([service], office, model.value.live);
  const cost = t("kiosk.early.ticket_text");
  return (
    <Way
      icon="ticket"
      name="ticket-instead"
      title={t("kiosk.way.walk_in")}
      text={line ? `${lineText(line)} ${cost}` : cost}
      onPress={() => happen({ type: "chose_ticket_instead", service })}
    />
  );
}

export function Early({ code, values }: { code: string; values: Values }): JSX.Element {
  const slot = spokenTime(values.slot ?? "");
  const from = spokenTime(values.from ?? "");
  const name = officeIn(offices.value, currentLocale())?.services.find(
    ({ id }) => id === values.service,
  )?.name;
  const times = [values.earlier1, values.earlier2, values.earlier3].filter(
    (time) => time !== undefined,
  );
  const isLost = code !== "check_in_too_early";
  return (
    <Frame
      title={t(values.moved ? "kiosk.early.moved_title" : "kiosk.early.title", { slot })}
      strong={isLost ? t("kiosk.early.lost", { slot }) : t("kiosk.early.strong", { from })}
      {...(name ? { text: name } : {})}
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
      {times.length > 0 && <Earlier times={times} />}
      {values.service && <TicketInstead service={values.service} />}
    </Frame>
  );
}
