// Whom this window serves: the groups in the order they were pressed; the second is served when nobody waits in the first.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../../../words/index.ts";
import { send } from "../../control.ts";
import { floor, groups, own } from "../../state.ts";
import { closeDialog, Dialog } from "./dialog.tsx";

export function GroupsDialog(): JSX.Element {
  const chosen = useSignal<readonly string[]>(own.value?.groups ?? []);
  const letters = [
    ...new Set([...groups.value.map((group) => group.id), ...(own.value?.groups ?? [])]),
  ];
  const toggle = (letter: string) => {
    const isOn = chosen.value.includes(letter);
    chosen.value = isOn ? chosen.value.filter((one) => one !== letter) : [...chosen.value, letter];
  };
  const save = () => {
    if (chosen.value.length === 0) return;
    closeDialog();
    void send({ command: "open", groups: [...chosen.value] });
  };
  const waiting = (letter: string) =>
    floor.value?.waiting.filter((ticket) => ticket.group === letter).length ?? 0;
  return (
    <Dialog title={t("counter.groups.title")} note={t("counter.groups.note")}>
      <ul class="m-options">
        {letters.map((letter) => {
          const place = chosen.value.indexOf(letter);
          return (
            <li key={letter}>
              <button
                type="button"
                class="m-option"
                aria-pressed={place >= 0}
                data-group={letter}
                onClick={() => toggle(letter)}
              >
                <span class="m-option__place">{place >= 0 ? place + 1 : ""}</span>
                <b>{letter}</b>
                <span>{groups.value.find((group) => group.id === letter)?.name}</span>
                <small>{t("counter.groups.waiting", { count: waiting(letter) })}</small>
              </button>
            </li>
          );
        })}
      </ul>
      <p class="m-dialog__ask" role="status">
        {chosen.value.length === 0
          ? t("counter.groups.none")
          : t("counter.groups.order", { groups: chosen.value.join(" → ") })}
      </p>
      <div class="m-dialog__answers">
        <button
          type="button"
          class="m-button m-button--primary"
          aria-disabled={chosen.value.length === 0 || undefined}
          data-save
          onClick={save}
        >
          {t("counter.groups.save")}
        </button>
        <button type="button" class="m-button m-button--secondary" onClick={closeDialog}>
          {t("counter.confirm.no")}
        </button>
      </div>
    </Dialog>
  );
}
