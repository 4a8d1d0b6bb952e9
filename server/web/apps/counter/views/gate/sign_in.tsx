// Name and password. The same words for a wrong name and a wrong password.
import type { JSX } from "preact";
import { t } from "../../../../words/index.ts";
import { signIn } from "../../control.ts";
import { Gate } from "./gate.tsx";
import { type Fault, SecretForm, type Typed } from "./secret_form.tsx";

function check({ name = "", password = "" }: Typed): Fault | undefined {
  if (!name.trim()) return { text: t("counter.sign_in.name_missing"), field: "name" };
  if (!password) return { text: t("counter.sign_in.password_missing"), field: "password" };
  return undefined;
}

export function SignIn(): JSX.Element {
  return (
    <Gate title={t("counter.sign_in.title")}>
      <SecretForm
        fields={[
          {
            id: "name",
            type: "text",
            label: t("counter.sign_in.name"),
            autocomplete: "username",
          },
          {
            id: "password",
            type: "password",
            label: t("counter.sign_in.password"),
            autocomplete: "current-password",
          },
        ]}
        failed={t("counter.sign_in.failed")}
        go={t("counter.sign_in.go")}
        check={check}
        send={({ name = "", password = "" }) => signIn(name.trim(), password)}
      />
      <p class="u-note">{t("counter.sign_in.help")}</p>
    </Gate>
  );
}
