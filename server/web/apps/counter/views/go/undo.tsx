// Ten seconds to take the last step back. The bar keeps its place when there is nothing to take back.
import type { JSX } from "preact";
import { t } from "../../../../words/index.ts";
import { undo } from "../../hands.ts";
import { undoLeft, undoSeconds } from "../../model.ts";
import { isStale, now, own } from "../../state.ts";
import { Sign } from "../icons.tsx";
import { Key } from "../parts.tsx";
import { marked, withNumbers } from "./go.tsx";

export function UndoBar(): JSX.Element | null {
  const window = own.value;
  const left = window ? undoLeft(window, now.value) : 0;
  if (isStale.value) return null;
  if (!window?.undo || left === 0) {
    return <p class="m-undo m-undo--none">{t("counter.undo.none")}</p>;
  }
  const { command, number } = window.undo;
  // "next" may have found nobody: then it only finished.
  const deed = command !== "next" ? command : number === window.ticket?.number ? "call" : "finish";
  return (
    <div class="m-undo" style={{ "--left": `${(left / undoSeconds) * 100}%` }} data-undo={command}>
      <Sign name="check" />
      <span class="m-cut">{withNumbers(t(`counter.did.${deed}`, { number: marked(number) }))}</span>
      <span class="m-num">{t("counter.undo.left", { seconds: left })}</span>
      <button type="button" onClick={undo}>
        {t("counter.undo.go")}
        <Key>U</Key>
      </button>
    </div>
  );
}
