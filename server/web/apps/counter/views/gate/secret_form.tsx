// A short form with secrets in it, sent once: the summary of what went wrong stands above, a refusal's words come from
// the server. Paste and password managers work.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Button, ErrorSummary, TextField } from "../../../../ui/index.ts";
import { wordsOf } from "../../control.ts";

export interface SecretField {
  id: string;
  label: string;
  type: "text" | "password";
  autocomplete: string;
  support?: string;
}

export interface Fault {
  text: string;
  /** The field to go to */
  field?: string;
}

/** What was typed, by the field's id */
export type Typed = Readonly<Record<string, string>>;

export interface SecretFormProps {
  fields: readonly SecretField[];
  /** Above the faults */
  failed: string;
  /** On the button */
  go: string;
  /** What is wrong before anything is sent */
  check: (typed: Typed) => Fault | undefined;
  send: (typed: Typed) => Promise<void>;
  /** The field that a refusal is about */
  refused?: string;
}

export function SecretForm(props: SecretFormProps): JSX.Element {
  const { fields, failed, go, check, send, refused } = props;
  const typed = useSignal<Typed>({});
  const fault = useSignal<Fault | undefined>(undefined);
  const attempt = useSignal(0);
  const isBusy = useSignal(false);

  const fail = (what: Fault) => {
    fault.value = what;
    attempt.value += 1;
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (isBusy.value) return;
    const wrong = check(typed.value);
    if (wrong) return fail(wrong);
    isBusy.value = true;
    try {
      await send(typed.value);
    } catch (error) {
      const { title, next } = wordsOf(error);
      fail({ text: `${title} ${next}`, ...(refused ? { field: refused } : {}) });
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <form class="m-gate__form" onSubmit={submit} noValidate>
      <ErrorSummary
        title={failed}
        errors={fault.value ? [fault.value] : []}
        attempt={attempt.value}
      />
      {fields.map((field) => (
        <TextField
          key={field.id}
          {...field}
          value={typed.value[field.id] ?? ""}
          onInput={(value) => {
            typed.value = { ...typed.value, [field.id]: value };
          }}
        />
      ))}
      <Button type="submit" wide busy={isBusy.value}>
        {go}
      </Button>
    </form>
  );
}
