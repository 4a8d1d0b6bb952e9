// Asked once before a window is entered that somebody holds: another clerk, or the same login on another screen.
import type { JSX } from "preact";
import { t } from "../../../../words/index.ts";
import { enterWindow, takeOverWindow } from "../../control.ts";
import { asked, floor } from "../../state.ts";
import { enter } from "../choose/choose.tsx";
import { closeDialog, Dialog } from "./dialog.tsx";

interface AskProps {
  title: string;
  text: string;
  yes: string;
  onYes: () => void;
}

function Ask({ title, text, yes, onYes }: AskProps): JSX.Element {
  const agree = () => {
    closeDialog();
    onYes();
  };
  return (
    <Dialog title={title}>
      <p class="m-dialog__ask">{text}</p>
      <div class="m-dialog__answers">
        <button type="button" class="m-button m-button--primary" data-confirm onClick={agree}>
          {yes}
        </button>
        <button type="button" class="m-button m-button--secondary" autofocus onClick={closeDialog}>
          {t("counter.confirm.no")}
        </button>
      </div>
    </Dialog>
  );
}

export function EnterDialog(): JSX.Element {
  const window = asked.value ?? "";
  return (
    <Ask
      title={t("counter.choose.mine")}
      text={t("counter.choose.mine_note", { window })}
      yes={t("counter.choose.enter", { window })}
      onYes={() => enterWindow(window)}
    />
  );
}

export function TakeOverDialog(): JSX.Element {
  const window = asked.value ?? "";
  const name = floor.value?.windows.find((one) => one.window === window)?.staff_name ?? "";
  return (
    <Ask
      title={t("counter.take_over.title")}
      text={t("counter.take_over.text", { window, name })}
      yes={t("counter.take_over.yes", { window })}
      onYes={() => void enter(takeOverWindow(window))}
    />
  );
}
