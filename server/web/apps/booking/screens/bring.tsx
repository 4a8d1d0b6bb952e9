// What to bring, how long it takes, what can be done without coming.
import type { JSX } from "preact";
import { BringList } from "../../../ui/bring/bring.tsx";
import { ButtonLink } from "../../../ui/button/button.tsx";
import { Facts } from "../../../ui/facts/facts.tsx";
import { Steps } from "../../../ui/frame/frame.tsx";
import { Notice } from "../../../ui/notice/notice.tsx";
import { t } from "../../../words/index.ts";
import type { ScreenProps } from "../app.tsx";
import { Awaited, Back, linkTo, Title } from "./parts.tsx";

export function Bring({ store }: ScreenProps): JSX.Element {
  const service = store.service.value;
  const { isLoading, refusal } = store.office.state.value;
  return (
    <>
      <Back store={store}>{t("booking.back.errand")}</Back>
      <Steps step={2} of={6} name={t("booking.step.bring")} />
      <Title over={service?.name}>{t("booking.bring.title")}</Title>
      {service ? (
        <>
          {service.bring.length > 0 ? (
            <BringList things={service.bring} />
          ) : (
            <p>{t("booking.bring.nothing")}</p>
          )}
          <div class="b-facts">
            <Facts
              facts={[
                {
                  term: t("booking.duration"),
                  value: t("booking.about_minutes", {
                    minutes: service.slot_minutes ?? service.minutes,
                  }),
                },
              ]}
            />
          </div>
          {service.reservable ? (
            <ButtonLink wide {...linkTo(store, { ...store.route.value, step: "time" })}>
              {t("booking.choose_time")}
            </ButtonLink>
          ) : (
            <Notice tone="warn" icon="ticket" title={t("booking.walk_in.title")}>
              {t("booking.walk_in.text")}
            </Notice>
          )}
          {service.note && (
            <div class="b-note">
              <Notice icon="mobile" title={t("booking.without_coming")}>
                {service.note}
              </Notice>
            </div>
          )}
        </>
      ) : (
        <Awaited isLoading={isLoading} refusal={refusal} onRetry={store.office.reload} />
      )}
    </>
  );
}
