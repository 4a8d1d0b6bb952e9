// Finding a reservation without its link: code and contact, or code and the booked time.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../ui/button/button.tsx";
import { ErrorSummary } from "../../ui/errors/errors.tsx";
import { CheckGroup } from "../../ui/field/checks.tsx";
import { TextField } from "../../ui/field/field.tsx";
import { t } from "../../words/index.ts";
import { type StoreProps, Trouble } from "./app.tsx";
import { emptyProof, faultsOf, type ProofField, type ProofForm, proofOf } from "./proof.ts";

const wordsOfFault = (code: string) =>
  t(`reservation.fault.${code}` as "reservation.fault.code_empty");

export function Find({ store }: StoreProps): JSX.Element {
  const [form, setForm] = useState<ProofForm>(emptyProof);
  const [tries, setTries] = useState(0);
  const faults = tries > 0 ? faultsOf(form) : [];
  const change = (part: Partial<ProofForm>) => setForm((now) => ({ ...now, ...part }));
  const errorOf = (field: ProofField) => {
    const fault = faults.find((one) => one.field === field);
    return fault && wordsOfFault(fault.code);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    setTries(tries + 1);
    if (faultsOf(form).length === 0) void store.show(proofOf(form));
  };
  return (
    <>
      {faults.length > 0 ? (
        <ErrorSummary
          title={t("ui.errors_title")}
          errors={faults.map(({ field, code }) => ({ field, text: wordsOfFault(code) }))}
          attempt={tries}
        />
      ) : (
        <Trouble store={store} />
      )}
      <h1 class="m-title" tabIndex={-1}>
        {t("reservation.find.title")}
      </h1>
      <form class="r-form" noValidate onSubmit={submit}>
        <TextField
          id="code"
          label={t("reservation.code.label")}
          support={t("reservation.code.support")}
          value={form.code}
          onInput={(code) => change({ code })}
          inputMode="numeric"
          autocomplete="off"
          length={9}
          error={errorOf("code")}
        />
        <CheckGroup
          id="kind"
          kind="radio"
          label={t("reservation.proof.label")}
          options={[
            { value: "contact", text: t("reservation.proof.contact") },
            { value: "slot", text: t("reservation.proof.slot") },
          ]}
          chosen={[form.kind]}
          onChange={([kind]) => kind && change({ kind })}
        />
        <Proof form={form} change={change} errorOf={errorOf} />
        <Button type="submit" wide busy={store.isBusy.value}>
          {t("reservation.find.submit")}
        </Button>
      </form>
    </>
  );
}

interface ProofProps {
  form: ProofForm;
  change: (part: Partial<ProofForm>) => void;
  errorOf: (field: ProofField) => string | undefined;
}

function Proof({ form, change, errorOf }: ProofProps): JSX.Element {
  if (form.kind === "contact") {
    return (
      <TextField
        id="contact"
        label={t("reservation.contact.label")}
        value={form.contact}
        onInput={(contact) => change({ contact })}
        autocomplete="off"
        error={errorOf("contact")}
      />
    );
  }
  return (
    <>
      <TextField
        id="date"
        type="date"
        label={t("reservation.date.label")}
        value={form.date}
        onInput={(date) => change({ date })}
        length={12}
        error={errorOf("date")}
      />
      <TextField
        id="time"
        type="time"
        label={t("reservation.time.label")}
        value={form.time}
        onInput={(time) => change({ time })}
        length={8}
        error={errorOf("time")}
      />
    </>
  );
}
