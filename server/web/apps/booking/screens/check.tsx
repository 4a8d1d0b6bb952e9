// All answers on one page before they are sent; each can be changed.
import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { parsePhone, spokenPhone } from "../../../core/codes.ts";
import { clockOf, timeSpan } from "../../../core/time.ts";
import { Button, ButtonLink } from "../../../ui/button/button.tsx";
import { FullDay } from "../../../ui/day/day.tsx";
import { type Fact, Facts } from "../../../ui/facts/facts.tsx";
import { Steps } from "../../../ui/frame/frame.tsx";
import { prepareQr } from "../../../ui/pass/pass.tsx";
import { currentLocale, isLocale, localeNames, t } from "../../../words/index.ts";
import type { ScreenProps } from "../app.tsx";
import { asksInterpreterLanguage, type Draft } from "../draft.ts";
import type { Step } from "../route.ts";
import type { Store } from "../store.ts";
import { Back, HeldTime, linkTo, Title, TroubleSummary } from "./parts.tsx";

function contactOf(draft: Draft): ComponentChildren {
  if (draft.contactKind === "phone") {
    const read = parsePhone(draft.phone);
    const shown = "phone" in read ? spokenPhone(read.phone) : draft.phone;
    return <span class="u-nowrap">{shown}</span>;
  }
  if (draft.contactKind === "mail") return draft.mail;
  return t("booking.contact.none");
}

function helpOf(draft: Draft): string {
  if (draft.help.length === 0) return t("booking.help.none");
  return draft.help
    .map((one) => {
      const word = t(`booking.help.${one}`);
      const language = draft.interpreterLocale;
      const hasLanguage = one === "interpreter" && asksInterpreterLanguage(draft, currentLocale());
      return hasLanguage && isLocale(language) ? `${word}(${localeNames[language]})` : word;
    })
    .join("、");
}

function Change({ store, step, what }: { store: Store; step: Step; what: string }): JSX.Element {
  return (
    <ButtonLink kind="tertiary" size="medium" {...linkTo(store, { ...store.route.value, step })}>
      {t("ui.change")}
      <span class="u-hidden">{`(${what})`}</span>
    </ButtonLink>
  );
}

export function Check({ store }: ScreenProps): JSX.Element {
  useEffect(() => void prepareQr(), []);
  const draft = store.draft.value;
  const hold = draft.hold;
  const fact = (step: Step, term: string, value: ComponentChildren): Fact => ({
    term,
    value,
    change: <Change store={store} step={step} what={term} />,
  });
  const when = hold && (
    <>
      <FullDay date={hold.date} />{" "}
      <time>{timeSpan(currentLocale(), hold.time, clockOf(hold.end))}</time>
    </>
  );
  return (
    <>
      <Back store={store}>{t("booking.back.contact")}</Back>
      <TroubleSummary store={store} />
      <Steps step={5} of={6} name={t("booking.step.check")} />
      <Title>{t("booking.check.title")}</Title>
      <HeldTime store={store} slim />
      <div class="b-facts">
        <Facts
          facts={[
            { term: t("booking.fact.office"), value: store.office.state.value.value?.name ?? "" },
            fact("errand", t("booking.fact.service"), store.service.value?.name),
            fact("time", t("booking.fact.when"), when),
            fact("contact", t("booking.fact.contact"), contactOf(draft)),
            fact("contact", t("booking.fact.help"), helpOf(draft)),
          ]}
        />
      </div>
      <Button wide busy={store.isBusy.value} onPress={() => void store.book()}>
        {t("booking.book")}
      </Button>
      <p class="u-hidden" role="status">
        {store.isBusy.value ? t("ui.sending") : ""}
      </p>
    </>
  );
}
