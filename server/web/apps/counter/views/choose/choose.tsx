// Choosing the office (city-wide staff only) and the window. Taken windows keep their place, say by whom, and can be
// taken over from a clerk who went away.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { WindowState } from "../../../../api/types.ts";
import { Notice } from "../../../../ui/index.ts";
import { currentLocale, t } from "../../../../words/index.ts";
import { chooseOffice, leaveOffice, openWindow, signOut, wordsOf } from "../../control.ts";
import { spotOf } from "../../model.ts";
import {
  asked,
  chooseFault,
  type DialogName,
  dialog,
  floor,
  isStale,
  offices,
  remembered,
  session,
} from "../../state.ts";
import { Gate } from "../gate/gate.tsx";
import { Sign } from "../icons.tsx";
import { groupName, WindowName } from "../parts.tsx";
import "./choose.css";

function Greeting(): JSX.Element {
  return (
    <div class="m-choose__who">
      <p>{t("counter.choose.who", { name: session.value?.display_name ?? "" })}</p>
      <button type="button" class="m-tool" onClick={() => void signOut()}>
        {t("counter.menu.sign_out")}
      </button>
    </div>
  );
}

export function ChooseOffice(): JSX.Element {
  const isJa = currentLocale() === "ja";
  return (
    <Gate title={t("counter.choose.office")} wide>
      <Greeting />
      <ul class="m-choose">
        {offices.value.map((office) => (
          <li key={office.id}>
            <button
              type="button"
              class="m-spot"
              data-office={office.id}
              onClick={() => chooseOffice(office.id)}
            >
              <b>{isJa ? office.name : office.name_en}</b>
            </button>
          </li>
        ))}
      </ul>
    </Gate>
  );
}

export function ChooseWindow(): JSX.Element {
  useEffect(() => {
    chooseFault.value = "";
  }, []);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const last = list.current?.querySelector<HTMLElement>(
      "[data-last='true']:not([aria-disabled])",
    );
    last?.focus();
  }, []);
  return (
    <Gate title={t("counter.choose.window", { office: floor.value?.office_name ?? "" })} wide>
      <Greeting />
      {isStale.value && <Notice tone="error" title={t("counter.away.title")} live />}
      <p role="status" class={chooseFault.value ? "m-choose__fault" : "u-hidden"}>
        {chooseFault.value}
      </p>
      <ul class="m-choose" ref={list}>
        {floor.value?.windows.map((window) => (
          <li key={window.window} class="m-choose__place">
            <Spot window={window} />
            <TakeOver window={window} />
          </li>
        ))}
      </ul>
      {!session.value?.office && (
        <button type="button" class="m-tool m-choose__other" onClick={() => void leaveOffice()}>
          {t("counter.choose.other_office")}
        </button>
      )}
    </Gate>
  );
}

/** Does what leads to a window; says on the page why it could not be. */
export async function enter(deed: Promise<void>): Promise<void> {
  chooseFault.value = "";
  try {
    await deed;
  } catch (error) {
    const { title, next } = wordsOf(error);
    chooseFault.value = `${title} ${next}`;
  }
}

function askFirst(name: DialogName & ("enter" | "take_over"), window: WindowState): void {
  asked.value = window.window;
  dialog.value = name;
}

function pressSpot(window: WindowState): void {
  const spot = spotOf(window, session.value?.name ?? "");
  if (spot === "free") void enter(openWindow(window.window));
  else if (spot === "mine") askFirst("enter", window);
  else chooseFault.value = t("counter.choose.taken", { name: window.staff_name ?? "" });
}

function TakeOver({ window }: { window: WindowState }): JSX.Element | null {
  if (spotOf(window, session.value?.name ?? "") !== "taken") return null;
  return (
    <button
      type="button"
      class="m-tool m-choose__take"
      data-take-over={window.window}
      aria-label={t("counter.take_over.yes", { window: window.window })}
      onClick={() => askFirst("take_over", window)}
    >
      {t("counter.take_over.go")}
    </button>
  );
}

function stateText(window: WindowState, spot: ReturnType<typeof spotOf>): string {
  if (spot === "taken") return t("counter.choose.used", { name: window.staff_name ?? "" });
  if (spot === "mine") return t("counter.choose.mine");
  return t(remembered.value === window.window ? "counter.choose.last" : "counter.choose.free");
}

function Spot({ window }: { window: WindowState }): JSX.Element {
  const spot = spotOf(window, session.value?.name ?? "");
  const isLast = remembered.value === window.window;
  return (
    <button
      type="button"
      class="m-spot"
      data-window={window.window}
      data-last={isLast}
      data-spot={spot}
      aria-disabled={spot === "taken" ? true : undefined}
      onClick={() => pressSpot(window)}
    >
      <span class="m-spot__no">
        <WindowName window={window.window} />
      </span>
      <span class="m-spot__state">
        <Sign name={spot === "free" ? "free" : "person"} />
        {stateText(window, spot)}
      </span>
      <span class="m-spot__groups">
        {window.groups.map((letter) => (
          <span key={letter}>
            <b>{letter}</b> {groupName(letter)}
          </span>
        ))}
      </span>
      <span class="m-spot__where">{window.section}</span>
    </button>
  );
}
