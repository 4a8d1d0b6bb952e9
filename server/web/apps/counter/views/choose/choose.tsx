// Choosing the office (city-wide staff only) and the window. Taken windows keep their place and say by whom.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { WindowState } from "../../../../api/types.ts";
import { Notice } from "../../../../ui/index.ts";
import { currentLocale, t } from "../../../../words/index.ts";
import { chooseOffice, leaveOffice, openWindow, signOut, wordsOf } from "../../control.ts";
import { dialog, floor, isStale, offices, remembered, session } from "../../state.ts";
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
  const fault = useSignal("");
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const last = list.current?.querySelector<HTMLElement>(
      "[data-last='true']:not([aria-disabled])",
    );
    last?.focus();
  }, []);
  const open = async (window: WindowState) => {
    if (window.state !== "closed") {
      fault.value = t("counter.choose.taken", { name: window.staff_name ?? "" });
      return;
    }
    try {
      await openWindow(window.window);
    } catch (error) {
      const { title, next } = wordsOf(error);
      fault.value = `${title} ${next}`;
    }
  };
  return (
    <Gate title={t("counter.choose.window", { office: floor.value?.office_name ?? "" })} wide>
      <Greeting />
      {session.value?.must_change_password && (
        <Notice tone="warn" title={t("counter.password.must")}>
          <button
            type="button"
            class="m-tool"
            onClick={() => {
              dialog.value = "password";
            }}
          >
            {t("counter.menu.password")}
          </button>
        </Notice>
      )}
      {isStale.value && <Notice tone="error" title={t("counter.away.title")} live />}
      <p role="status" class={fault.value ? "m-choose__fault" : "u-hidden"}>
        {fault.value}
      </p>
      <ul class="m-choose" ref={list}>
        {floor.value?.windows.map((window) => (
          <li key={window.window}>
            <Spot window={window} onPress={() => void open(window)} />
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

function Spot({ window, onPress }: { window: WindowState; onPress: () => void }): JSX.Element {
  const isFree = window.state === "closed";
  const isLast = remembered.value === window.window;
  return (
    <button
      type="button"
      class="m-spot"
      data-window={window.window}
      data-last={isLast}
      aria-disabled={isFree ? undefined : true}
      onClick={onPress}
    >
      <span class="m-spot__no">
        <WindowName window={window.window} />
      </span>
      <span class="m-spot__state">
        <Sign name={isFree ? "free" : "person"} />
        {isFree
          ? t(isLast ? "counter.choose.last" : "counter.choose.free")
          : t("counter.choose.used", { name: window.staff_name ?? "" })}
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
