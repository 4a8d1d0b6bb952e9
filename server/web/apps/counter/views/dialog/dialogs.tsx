// The dialog that is open, if any.
import type { JSX } from "preact";
import { t } from "../../../../words/index.ts";
import { send } from "../../control.ts";
import { callPicked } from "../../hands.ts";
import { dialog, own, pickedTicket } from "../../state.ts";
import { marked, withNumbers } from "../go/go.tsx";
import { KiosksDialog } from "../kiosks/kiosks.tsx";
import { Key } from "../parts.tsx";
import { DeskDialog } from "./desk.tsx";
import { closeDialog, Dialog } from "./dialog.tsx";
import { EnterDialog, TakeOverDialog } from "./enter.tsx";
import { GroupsDialog } from "./groups.tsx";
import { KeysDialog } from "./keys.tsx";
import { MenuDialog } from "./menu.tsx";
import { PasswordDialog } from "./password.tsx";

const pauseReasons = ["break", "paperwork", "other_work", "trouble", "end_of_shift"] as const;

export function Dialogs(): JSX.Element | null {
  switch (dialog.value) {
    case "keys":
      return <KeysDialog />;
    case "pause":
      return <PauseDialog />;
    case "groups":
      return <GroupsDialog />;
    case "confirm_call":
      return <ConfirmCall />;
    case "desk":
      return <DeskDialog />;
    case "menu":
      return <MenuDialog />;
    case "password":
      return <PasswordDialog />;
    case "enter":
      return <EnterDialog />;
    case "take_over":
      return <TakeOverDialog />;
    case "kiosks":
      return <KiosksDialog />;
    case undefined:
      return null;
  }
}

function PauseDialog(): JSX.Element {
  const pause = (reason: (typeof pauseReasons)[number]) => {
    closeDialog();
    void send({ command: "pause", pause_reason: reason });
  };
  const onKey = (event: KeyboardEvent) => {
    const reason = pauseReasons[Number(/^(?:Digit|Numpad)([1-5])$/.exec(event.code)?.[1]) - 1];
    if (reason) pause(reason);
    return reason !== undefined;
  };
  return (
    <Dialog title={t("counter.pause.title")} note={t("counter.pause.note")} onKey={onKey}>
      <ul class="m-options">
        {pauseReasons.map((reason, at) => (
          <li key={reason}>
            <button
              type="button"
              class="m-option"
              data-reason={reason}
              onClick={() => pause(reason)}
            >
              <Key>{at + 1}</Key>
              {t(`counter.pause.${reason}`)}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function ConfirmCall(): JSX.Element {
  const from = own.value?.ticket?.number ?? "";
  const to = pickedTicket.value?.number ?? "";
  const call = () => {
    closeDialog();
    callPicked(true);
  };
  return (
    <Dialog title={t("counter.confirm.title")}>
      <p class="m-dialog__ask">
        {withNumbers(t("counter.confirm.text", { from: marked(from), to: marked(to) }))}
      </p>
      <div class="m-dialog__answers">
        <button
          type="button"
          class="m-button m-button--primary"
          data-confirm
          autofocus
          onClick={call}
        >
          {withNumbers(t("counter.confirm.yes", { to: marked(to) }))}
        </button>
        <button type="button" class="m-button m-button--secondary" onClick={closeDialog}>
          {t("counter.confirm.no")}
        </button>
      </div>
    </Dialog>
  );
}
