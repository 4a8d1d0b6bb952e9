// How to be reached (optional) and what help is wanted on the day.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Help } from "../../../api/types.ts";
import { Button } from "../../../ui/button/button.tsx";
import { type ErrorEntry, ErrorSummary } from "../../../ui/errors/errors.tsx";
import { CheckGroup } from "../../../ui/field/checks.tsx";
import { SelectField, TextField } from "../../../ui/field/field.tsx";
import { Steps } from "../../../ui/frame/frame.tsx";
import { currentLocale, localeNames, t } from "../../../words/index.ts";
import type { ScreenProps } from "../app.tsx";
import {
  asksInterpreterLanguage,
  type ContactKind,
  type Fault,
  type FaultyField,
  faultsOf,
} from "../draft.ts";
import type { Store } from "../store.ts";
import { Back, HeldTime, Title, TroubleSummary } from "./parts.tsx";

const interpreted = ["en", "zh-Hans", "ko", "vi"] as const;
const helps: readonly Help[] = ["wheelchair", "sign_language", "writing", "interpreter"];

function wordsOfFault(code: string): string {
  return t(`booking.fault.${code}` as "booking.fault.phone_empty");
}

/** What the server found wrong with the contact, at the field it means. */
function refusedFields(store: Store): Fault[] {
  const fields = store.trouble.value?.refusal.fields ?? [];
  return fields.flatMap(({ pointer }): Fault[] => {
    if (pointer === "/contact/phone") return [{ field: "phone", code: "phone_length" }];
    if (pointer === "/contact/mail") return [{ field: "mail", code: "mail_domain" }];
    return [];
  });
}

export function Contact({ store }: ScreenProps): JSX.Element {
  const [tries, setTries] = useState(0);
  const draft = store.draft.value;
  const locale = currentLocale();
  const faults = tries > 0 ? faultsOf(draft, locale) : refusedFields(store);
  const faultOf = (field: FaultyField) => {
    const fault = faults.find((one) => one.field === field);
    return fault ? wordsOfFault(fault.code) : undefined;
  };
  const errors: ErrorEntry[] = faults.map(({ field, code }) => ({
    text: wordsOfFault(code),
    field,
  }));
  const next = (event: Event) => {
    event.preventDefault();
    store.forgetTrouble();
    if (faultsOf(draft, locale).length > 0) setTries(tries + 1);
    else store.go({ ...store.route.value, step: "check" });
  };
  return (
    <>
      <Back store={store}>{t("booking.back.time")}</Back>
      {tries === 0 && errors.length === 0 ? (
        <TroubleSummary store={store} />
      ) : (
        <ErrorSummary title={t("ui.errors_title")} errors={errors} attempt={tries} />
      )}
      <Steps step={4} of={6} name={t("booking.step.contact")} />
      <Title>
        {t("booking.contact.title")}
        <span class="m-field__mark">{t("ui.optional")}</span>
      </Title>
      <HeldTime store={store} slim />
      <p class="b-why">{t("booking.contact.why")}</p>
      <form class="b-form" noValidate onSubmit={next}>
        <Reach store={store} phoneError={faultOf("phone")} mailError={faultOf("mail")} />
        <Wanted store={store} error={faultOf("interpreter")} />
        <Button type="submit" wide>
          {t("booking.contact.next")}
        </Button>
      </form>
    </>
  );
}

interface ReachProps extends ScreenProps {
  phoneError: string | undefined;
  mailError: string | undefined;
}

function Reach({ store, phoneError, mailError }: ReachProps): JSX.Element {
  const { contactKind, phone, mail } = store.draft.value;
  const kinds: readonly ContactKind[] = ["phone", "mail", "none"];
  return (
    <>
      <CheckGroup
        id="contact"
        kind="radio"
        label={t("booking.contact.how")}
        options={kinds.map((value) => ({ value, text: t(`booking.contact.${value}`) }))}
        chosen={[contactKind]}
        onChange={([value]) => value && store.change({ contactKind: value })}
      />
      {contactKind === "phone" && (
        <TextField
          id="phone"
          type="tel"
          label={t("booking.phone_field.label")}
          support={t("booking.phone_field.support")}
          value={phone}
          onInput={(value) => store.change({ phone: value })}
          autocomplete="tel"
          inputMode="tel"
          length={13}
          error={phoneError}
        />
      )}
      {contactKind === "mail" && (
        <TextField
          id="mail"
          type="email"
          label={t("booking.mail_field.label")}
          value={mail}
          onInput={(value) => store.change({ mail: value })}
          autocomplete="email"
          inputMode="email"
          error={mailError}
        />
      )}
    </>
  );
}

function Wanted({ store, error }: ScreenProps & { error: string | undefined }): JSX.Element {
  const draft = store.draft.value;
  const language = asksInterpreterLanguage(
    { ...draft, help: ["interpreter"] },
    currentLocale(),
  ) && (
    <SelectField
      id="interpreter"
      label={t("booking.interpreter.label")}
      mark={t("ui.required")}
      isRequired
      value={draft.interpreterLocale}
      onChange={(interpreterLocale) => store.change({ interpreterLocale })}
      error={error}
      options={[
        { value: "", text: t("booking.interpreter.choose") },
        ...interpreted.map((value) => ({ value, text: localeNames[value] })),
      ]}
    />
  );
  return (
    <CheckGroup
      id="help"
      kind="check"
      label={t("booking.help.label")}
      mark={t("ui.optional")}
      options={helps.map((value) => ({
        value,
        text: t(`booking.help.${value}`),
        more: value === "interpreter" ? language : undefined,
      }))}
      chosen={draft.help}
      onChange={(help) => store.change({ help })}
    />
  );
}
