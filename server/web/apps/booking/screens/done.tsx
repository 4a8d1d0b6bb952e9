// Booked: what to keep, what to bring, how the day goes, how to cancel.
import type { JSX } from "preact";
import { ButtonLink } from "../../../ui/button/button.tsx";
import { currentLocale, t } from "../../../words/index.ts";
import {
  VisitAgain,
  VisitBooked,
  VisitHead,
  VisitNext,
  visitFacts,
} from "../../reservation/visit/visit.tsx";
import type { ScreenProps } from "../app.tsx";
import type { Store } from "../store.ts";

export function titleOfDone(store: Store): string {
  const state = store.draft.value.reservation?.state;
  return state && state !== "booked" ? t(`visit.state.${state}`) : t("booking.done.title");
}

export function Done({ store }: ScreenProps): JSX.Element {
  const reservation = store.draft.value.reservation;
  currentLocale();
  if (!reservation) return <Gone />;
  const facts = visitFacts(reservation, store.office.state.value.value);
  const page = `/r#${reservation.secret}`;
  if (reservation.state !== "booked") {
    return (
      <>
        <VisitHead {...facts} />
        <VisitNext {...facts} />
        <VisitAgain {...facts} />
      </>
    );
  }
  return (
    <>
      <VisitHead {...facts} title={t("booking.done.title")} />
      <VisitBooked {...facts} client={store.client} />
      <section class="m-section u-no-print">
        <h2>{t("booking.done.changed.title")}</h2>
        <p>{t("booking.done.changed.text")}</p>
        <p class="b-mine">
          <ButtonLink kind="secondary" wide href={page}>
            {t("booking.done.page")}
          </ButtonLink>
        </p>
        <p class="b-mine">
          <a href="/">{t("booking.done.another")}</a>
        </p>
      </section>
    </>
  );
}

function Gone(): JSX.Element {
  return (
    <>
      <p>{t("booking.done.gone")}</p>
      <p class="b-mine">
        <a href="/">{t("booking.done.another")}</a>
      </p>
    </>
  );
}
