// Eight actions that never move. One that is not allowed now keeps its place, turns dashed, and says why when pressed.
import type { JSX } from "preact";
import { t } from "../../../../words/index.ts";
import { act, refusalOf } from "../../hands.ts";
import { caps } from "../../keys.ts";
import { type Action, absentIsDue, actions, allowedOf } from "../../model.ts";
import { isStale, now, own, pending } from "../../state.ts";
import { Sign, type SignName } from "../icons.tsx";
import { Key } from "../parts.tsx";

const signs: Record<Action, SignName> = {
  recall: "bell",
  absent: "absent",
  put_back: "back",
  hold: "hold",
  transfer: "transfer",
  finish: "check",
  groups: "people",
  pause: "paused",
};

export function Actions(): JSX.Element | null {
  const window = own.value;
  if (!window) return null;
  const isDue = window.state === "called" && window.ticket && absentIsDue(window.ticket, now.value);
  return (
    <fieldset class="m-acts" aria-label={t("counter.actions")}>
      {actions.map((action) => {
        const allowed = allowedOf(action, window, isStale.value);
        const isStrong = action === "absent" && isDue;
        return (
          <button
            key={action}
            type="button"
            class={`m-act${isStrong ? " is-due" : ""}${pending.value === action ? " is-busy" : ""}`}
            data-action={action}
            aria-disabled={allowed === "yes" ? undefined : true}
            aria-keyshortcuts={caps[action]}
            title={allowed === "yes" ? undefined : refusalOf(allowed)}
            onClick={() => act(action)}
          >
            <Sign name={signs[action]} />
            <span>{t(`counter.action.${action}`)}</span>
            <Key>{caps[action]}</Key>
          </button>
        );
      })}
    </fieldset>
  );
}
