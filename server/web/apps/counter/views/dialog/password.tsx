// Changing one's own password. At least 12 characters; the server decides.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Button, ErrorSummary, TextField } from "../../../../ui/index.ts";
import { t } from "../../../../words/index.ts";
import { changePassword, tell, wordsOf } from "../../control.ts";
import { closeDialog, Dialog } from "./dialog.tsx";

const shortest = 12;

export function PasswordDialog(): JSX.Element {
  const before = useSignal("");
  const after = useSignal("");
  const fault = useSignal<{ text: string; field: string } | undefined>(undefined);
  const attempt = useSignal(0);
  const fail = (text: string, field: string) => {
    fault.value = { text, field };
    attempt.value += 1;
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if ([...after.value].length < shortest) {
      return fail(t("counter.password.too_short", { count: shortest }), "new-password");
    }
    try {
      await changePassword(before.value, after.value);
      closeDialog();
      tell(t("counter.password.done"));
    } catch (error) {
      const { title, next } = wordsOf(error);
      fail(`${title} ${next}`, "old-password");
    }
  };
  return (
    <Dialog title={t("counter.menu.password")}>
      <form class="m-gate__form" onSubmit={submit} noValidate>
        <ErrorSummary
          title={t("counter.password.failed")}
          errors={fault.value ? [fault.value] : []}
          attempt={attempt.value}
        />
        <TextField
          id="old-password"
          type="password"
          label={t("counter.password.old")}
          value={before.value}
          autocomplete="current-password"
          onInput={(value) => {
            before.value = value;
          }}
        />
        <TextField
          id="new-password"
          type="password"
          label={t("counter.password.new")}
          support={t("counter.password.rule", { count: shortest })}
          value={after.value}
          autocomplete="new-password"
          onInput={(value) => {
            after.value = value;
          }}
        />
        <Button type="submit" wide>
          {t("counter.password.save")}
        </Button>
      </form>
    </Dialog>
  );
}
