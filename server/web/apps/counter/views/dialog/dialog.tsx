// A native modal dialog: it traps the focus, closes with Esc, and gives the focus back to the large button.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../../../words/index.ts";
import { focusGo } from "../../control.ts";
import { dialog } from "../../state.ts";
import { Key } from "../parts.tsx";
import "./dialog.css";

export interface DialogProps {
  title: string;
  note?: string;
  foot?: string;
  size?: "small" | "large";
  /** A key inside the dialog; true when it was used */
  onKey?: (event: KeyboardEvent) => boolean;
  children: ComponentChildren;
}

export function closeDialog(): void {
  dialog.value = undefined;
  focusGo();
}

export function Dialog({
  title,
  note,
  foot,
  size = "small",
  onKey,
  children,
}: DialogProps): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!box.current?.open) box.current?.showModal();
  }, []);
  const press = (event: KeyboardEvent) => {
    if (onKey?.(event)) event.preventDefault();
  };
  return (
    <dialog
      ref={box}
      class={`m-dialog m-dialog--${size}`}
      aria-labelledby="dialog-title"
      onClose={closeDialog}
      onKeyDown={press}
    >
      <div class="m-dialog__head">
        <h2 id="dialog-title">{title}</h2>
        {note && <p>{note}</p>}
        <button type="button" class="m-tool" onClick={closeDialog}>
          {t("counter.close")}
          <Key>Esc</Key>
        </button>
      </div>
      <div class="m-dialog__body">{children}</div>
      {foot && <p class="m-dialog__foot">{foot}</p>}
    </dialog>
  );
}
