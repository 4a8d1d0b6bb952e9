// Changing one's own password: before the first work, because a made-up one opens nothing else, and later from the menu.
// At least 12 characters; the server decides.
import type { JSX } from "preact";
import { t } from "../../../../words/index.ts";
import { changePassword, signOut } from "../../control.ts";
import { typedPassword } from "../../state.ts";
import { Gate } from "./gate.tsx";
import { type Fault, type SecretField, SecretForm, type Typed } from "./secret_form.tsx";

const shortest = 12;
const before = "old-password";
const after = "new-password";

function check(typed: Typed): Fault | undefined {
  if ([...(typed[after] ?? "")].length >= shortest) return undefined;
  return { text: t("counter.password.too_short", { count: shortest }), field: after };
}

export interface ChangeFormProps {
  /** The present password, when it was typed a moment ago; asked for otherwise */
  present?: string | undefined;
  onDone?: () => void;
}

export function ChangeForm({ present, onDone }: ChangeFormProps): JSX.Element {
  const old: SecretField = {
    id: before,
    type: "password",
    label: t("counter.password.old"),
    autocomplete: "current-password",
  };
  const own: SecretField = {
    id: after,
    type: "password",
    label: t("counter.password.new"),
    support: t("counter.password.rule", { count: shortest }),
    autocomplete: "new-password",
  };
  return (
    <SecretForm
      fields={present ? [own] : [old, own]}
      failed={t("counter.password.failed")}
      go={t("counter.password.save")}
      check={check}
      send={async (typed) => {
        await changePassword(present ?? typed[before] ?? "", typed[after] ?? "");
        onDone?.();
      }}
      refused={present ? after : before}
    />
  );
}

/** The page before the first work. */
export function FirstChange(): JSX.Element {
  return (
    <Gate title={t("counter.password.first")}>
      <p>{t("counter.password.must")}</p>
      <ChangeForm present={typedPassword.value} />
      <button type="button" class="m-tool m-gate__leave" onClick={() => void signOut()}>
        {t("counter.menu.sign_out")}
      </button>
    </Gate>
  );
}
