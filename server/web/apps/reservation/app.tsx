// The form that finds a reservation, or the reservation.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../ui/button/button.tsx";
import { ErrorSummary } from "../../ui/errors/errors.tsx";
import { useTitle } from "../../ui/errors/title.ts";
import { Page } from "../../ui/frame/frame.tsx";
import { Loading } from "../../ui/loading/loading.tsx";
import { t, tMaybe } from "../../words/index.ts";
import { Find } from "./find.tsx";
import type { Store } from "./store.ts";
import { VisitAgain, VisitBooked, VisitHead, VisitNext, visitFacts } from "./visit/visit.tsx";

export interface StoreProps {
  store: Store;
}

export function ReservationPage({ store }: StoreProps): JSX.Element {
  const known = store.reservation.value;
  const title = known ? t(`visit.state.${known.state}`) : t("reservation.find.title");
  useTitle(title);
  return (
    <Page
      help={{
        title: t("reservation.phone_title"),
        note: t("ui.phone_hours"),
        phone: t("reservation.phone"),
      }}
      languages
    >
      <Content store={store} />
    </Page>
  );
}

function Content({ store }: StoreProps): JSX.Element {
  if (store.reservation.value) return <Shown store={store} />;
  return store.isOpening.value ? <Loading isLoading /> : <Find store={store} />;
}

/** What the server (or the network) said no to. */
export function Trouble({ store }: StoreProps): JSX.Element | null {
  const refusal = store.refusal.value;
  if (!refusal) return null;
  const title =
    refusal.title || tMaybe(`ui.${refusal.code}.title`) || t("ui.unexpected_answer.title");
  const next =
    refusal.detail || tMaybe(`ui.${refusal.code}.next`) || t("ui.unexpected_answer.next");
  return <ErrorSummary title={title} errors={[{ text: next }]} attempt={store.attempt.value} />;
}

function Shown({ store }: StoreProps): JSX.Element | null {
  const reservation = store.reservation.value;
  if (!reservation) return null;
  const facts = visitFacts(reservation, store.office.state.value.value);
  const isBooked = reservation.state === "booked";
  return (
    <>
      <VisitHead {...facts} />
      <Trouble store={store} />
      <VisitNext {...facts} />
      {isBooked && <VisitBooked {...facts} client={store.client} />}
      {reservation.cancellable && <Cancel store={store} />}
      {!isBooked && <VisitAgain {...facts} />}
    </>
  );
}

/** Asks once. */
function Cancel({ store }: StoreProps): JSX.Element {
  const [isAsked, setAsked] = useState(false);
  const ask = () => {
    setAsked(true);
    requestAnimationFrame(() => document.getElementById("cancel-question")?.focus());
  };
  const cancel = async () => {
    if (await store.cancel()) {
      scrollTo(0, 0);
      document.querySelector<HTMLElement>("h1")?.focus();
    }
  };
  return (
    <section class="m-section u-no-print">
      <h2>{t("reservation.cancel.title")}</h2>
      {isAsked ? (
        <div class="r-cancel">
          <p id="cancel-question" tabIndex={-1}>
            <b>{t("reservation.cancel.sure")}</b>
          </p>
          <div class="m-pair">
            <Button
              kind="danger"
              size="medium"
              busy={store.isBusy.value}
              onPress={() => void cancel()}
            >
              {t("reservation.cancel.yes")}
            </Button>
            <Button kind="secondary" size="medium" onPress={() => setAsked(false)}>
              {t("reservation.cancel.no")}
            </Button>
          </div>
        </div>
      ) : (
        <>
          <p>{t("reservation.cancel.text")}</p>
          <p class="r-again">
            <Button kind="danger" wide onPress={ask}>
              {t("reservation.cancel.ask")}
            </Button>
          </p>
        </>
      )}
    </section>
  );
}
