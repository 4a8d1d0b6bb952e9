// The clerk's own things: language, leaving the window, password, signing out.
import type { JSX } from "preact";
import { t } from "../../../../words/index.ts";
import { leaveWindow, signOut, tell } from "../../control.ts";
import { dialog, own, session } from "../../state.ts";
import { StaffLanguages } from "../gate/gate.tsx";
import { closeDialog, Dialog } from "./dialog.tsx";

export function MenuDialog(): JSX.Element {
  const isBusy = own.value?.ticket !== undefined;
  const leave = (deed: () => Promise<void>) => {
    closeDialog();
    if (isBusy) tell(t("counter.menu.busy"), t("counter.menu.busy_next"));
    else void deed();
  };
  return (
    <Dialog title={t("counter.menu.title", { name: session.value?.display_name ?? "" })}>
      <div class="m-menu">
        <p class="m-menu__line">
          {t("counter.menu.language")}
          <StaffLanguages />
        </p>
        <button type="button" class="m-option" data-leave onClick={() => leave(leaveWindow)}>
          {t("counter.menu.leave", { window: own.value?.window ?? "" })}
        </button>
        <button
          type="button"
          class="m-option"
          onClick={() => {
            dialog.value = "password";
          }}
        >
          {t("counter.menu.password")}
        </button>
        <button type="button" class="m-option" data-sign-out onClick={() => leave(signOut)}>
          {t("counter.menu.sign_out")}
        </button>
      </div>
    </Dialog>
  );
}
