// A booked visit: when and where, what the kiosk wants to see, how the day goes. Plain values in; no loading here.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Client } from "../../../api/client.ts";
import { Refusal } from "../../../api/refusal.ts";
import type { OfficeDetail, Reservation, Service } from "../../../api/types.ts";
import { clockOf, fullDayName, spokenTime } from "../../../core/time.ts";
import { BringList } from "../../../ui/bring/bring.tsx";
import { Button, ButtonLink } from "../../../ui/button/button.tsx";
import { FullDay } from "../../../ui/day/day.tsx";
import { joined } from "../../../ui/facts/joined.ts";
import { Icon } from "../../../ui/icon/icon.tsx";
import { Notice } from "../../../ui/notice/notice.tsx";
import { Pass } from "../../../ui/pass/pass.tsx";
import { currentLocale, t } from "../../../words/index.ts";
import { drawPass } from "./image.ts";
import "./visit.css";

export interface VisitFacts {
  reservation: Reservation;
  office: OfficeDetail | undefined;
  service: Service | undefined;
}

export function visitFacts(reservation: Reservation, office: OfficeDetail | undefined): VisitFacts {
  const service = office?.services.find((one) => one.id === reservation.service);
  return { reservation, office, service };
}

export interface VisitHeadProps extends VisitFacts {
  /** What is true of the reservation; its state when left out */
  title?: string;
}

/** Came and took a number: there is nothing to book again. */
function isAtOffice({ state }: Reservation): boolean {
  return state === "checked_in" || state === "served";
}

export function VisitHead({ title, reservation, office, service }: VisitHeadProps): JSX.Element {
  const isOver = reservation.state !== "booked" && !isAtOffice(reservation);
  const zone = office?.groups.find((one) => one.id === service?.group)?.zone;
  const minutes = service?.slot_minutes ?? service?.minutes;
  return (
    <div class={isOver ? "m-done m-done--over" : "m-done"}>
      <h1 class="m-done__title" tabIndex={-1}>
        <Icon name={isOver ? "info" : "done"} size={2.25} />
        {title ?? t(`visit.state.${reservation.state}`)}
      </h1>
      <p class="m-done__when">
        <FullDay date={reservation.date} />
        <b class="m-done__time">{spokenTime(reservation.time)}</b>
      </p>
      <p class="m-done__place">
        <b>{office?.name}</b>
        {zone && ` ${t("visit.zone", { zone })}`}
        <br />
        {joined(service?.name, minutes ? t("visit.about_minutes", { minutes }) : undefined)}
      </p>
    </div>
  );
}

/** After the check-in: where the number is. It stands on the paper only. */
export function VisitNext({ reservation }: VisitFacts): JSX.Element | null {
  if (reservation.state !== "checked_in") return null;
  return (
    <Notice icon="ticket" title={t("visit.checked_in.title")}>
      {t("visit.checked_in.text")}
    </Notice>
  );
}

/** A booked visit's pass, ways to keep it, how the day goes and what to bring. */
export function VisitBooked({ client, ...facts }: VisitFacts & { client: Client }): JSX.Element {
  const bring = facts.service?.bring ?? [];
  return (
    <>
      <VisitPass {...facts} />
      <VisitActions {...facts} client={client} />
      <VisitHow {...facts} />
      {bring.length > 0 && (
        <section class="m-section">
          <h2>{t("visit.bring")}</h2>
          <BringList things={bring} />
        </section>
      )}
    </>
  );
}

/** The way to another reservation; the main one when this one came to nothing. */
export function VisitAgain({ reservation }: VisitFacts): JSX.Element {
  return (
    <p class="m-again">
      <ButtonLink wide kind={isAtOffice(reservation) ? "secondary" : "primary"} href="/">
        {t("visit.another")}
      </ButtonLink>
    </p>
  );
}

function VisitPass({ reservation }: VisitFacts): JSX.Element {
  return (
    <Pass
      title={t("visit.show_at_kiosk")}
      token={reservation.check_in_token}
      qrLabel={t("visit.qr_label")}
      codeLabel={t("visit.code")}
      code={reservation.code}
    />
  );
}

function VisitHow({ reservation, office, service }: VisitFacts): JSX.Element {
  const zone = office?.groups.find((one) => one.id === service?.group)?.zone ?? "";
  const from = spokenTime(clockOf(reservation.check_in_from));
  const until = spokenTime(clockOf(reservation.check_in_until));
  return (
    <section class="m-section">
      <h2>{t("visit.how.title")}</h2>
      <ol class="m-how">
        <li>{t("visit.how.check_in", { from, until })}</li>
        <li>{zone ? t("visit.how.wait", { zone }) : t("visit.how.wait_here")}</li>
        <li>{t("visit.how.go")}</li>
      </ol>
    </section>
  );
}

function offer(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Calendar file, picture, print: ways to keep the reservation. */
function VisitActions({ client, ...facts }: VisitFacts & { client: Client }): JSX.Element {
  const { reservation, office, service } = facts;
  const [refusal, setRefusal] = useState<Refusal>();
  const addToCalendar = async () => {
    try {
      const body = { secret: reservation.secret };
      offer(
        await client.postForBlob("/api/v1/reservations/calendar", { body }),
        `${reservation.code}.ics`,
      );
      setRefusal(undefined);
    } catch (error) {
      setRefusal(error instanceof Refusal ? error : new Refusal({ code: "unexpected_answer" }));
    }
  };
  const savePicture = async () => {
    const lines = [
      `${fullDayName(currentLocale(), reservation.date)} ${spokenTime(reservation.time)}`,
      `${office?.name ?? ""} ${service?.name ?? ""}`,
    ];
    const picture = await drawPass(reservation.check_in_token, reservation.code, lines);
    if (picture) offer(picture, `${reservation.code}.png`);
  };
  return (
    <div class="m-actions u-no-print">
      <Button wide icon="calendar" onPress={() => void addToCalendar()}>
        {t("visit.calendar")}
      </Button>
      <div class="m-pair">
        <Button kind="secondary" size="medium" icon="qr" onPress={() => void savePicture()}>
          {t("visit.picture")}
        </Button>
        <Button kind="secondary" size="medium" icon="print" onPress={() => print()}>
          {t("visit.print")}
        </Button>
      </div>
      {refusal && (
        <Notice tone="error" live title={refusal.title || t("visit.calendar_failed")}>
          {refusal.detail || t("visit.calendar_failed_next")}
        </Notice>
      )}
    </div>
  );
}
