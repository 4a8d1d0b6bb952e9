// Name and password. The same words for a wrong name and a wrong password; paste and password managers work.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Button, ErrorSummary, TextField } from "../../../../ui/index.ts";
import { t } from "../../../../words/index.ts";
import { signIn, wordsOf } from "../../control.ts";
import { Gate } from "./gate.tsx";

export function SignIn(): JSX.Element {
  const name = useSignal("");
  const password = useSignal("");
  const fault = useSignal<{ text: string; field?: string } | undefined>(undefined);
  const attempt = useSignal(0);
  const isBusy = useSignal(false);

  const fail = (text: string, field?: string) => {
    fault.value = field ? { text, field } : { text };
    attempt.value += 1;
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (isBusy.value) return;
    if (!name.value.trim()) return fail(t("counter.sign_in.name_missing"), "name");
    if (!password.value) return fail(t("counter.sign_in.password_missing"), "password");
    isBusy.value = true;
    try {
      await signIn(name.value.trim(), password.value);
    } catch (error) {
      const { title, next } = wordsOf(error);
      fail(`${title} ${next}`);
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <Gate title={t("counter.sign_in.title")}>
      <ErrorSummary
        title={t("counter.sign_in.failed")}
        errors={fault.value ? [fault.value] : []}
        attempt={attempt.value}
      />
      <form class="m-gate__form" onSubmit={submit} noValidate>
        <TextField
          id="name"
          label={t("counter.sign_in.name")}
          value={name.value}
          autocomplete="username"
          onInput={(value) => {
            name.value = value;
          }}
        />
        <TextField
          id="password"
          type="password"
          label={t("counter.sign_in.password")}
          value={password.value}
          autocomplete="current-password"
          onInput={(value) => {
            password.value = value;
          }}
        />
        <Button type="submit" wide busy={isBusy.value}>
          {t("counter.sign_in.go")}
        </Button>
      </form>
      <p class="u-note">{t("counter.sign_in.help")}</p>
    </Gate>
  );
}
