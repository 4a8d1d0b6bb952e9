// Changing one's own password, from the menu.
import type { JSX } from "preact";
import { t } from "../../../../words/index.ts";
import { tell } from "../../control.ts";
import { ChangeForm } from "../gate/change.tsx";
import { closeDialog, Dialog } from "./dialog.tsx";

export function PasswordDialog(): JSX.Element {
  const done = () => {
    closeDialog();
    tell(t("counter.password.done"));
  };
  return (
    <Dialog title={t("counter.menu.password")}>
      <ChangeForm onDone={done} />
    </Dialog>
  );
}
