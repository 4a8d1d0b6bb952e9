// Where the clerk is: office, window, what it serves, whether the line is alive, the clock.
import type { JSX } from "preact";
import { dateAt, dayName, isClockKnown, isDemoClock, timeAt } from "../../../../core/index.ts";
import { currentLocale, t } from "../../../../words/index.ts";
import { dialog, floor, isStale, now, own, session } from "../../state.ts";
import { Sign } from "../icons.tsx";
import { groupName, Key, WindowName } from "../parts.tsx";

export function Bar(): JSX.Element {
  return (
    <header class="m-top">
      <span class="m-top__brand">
        <i aria-hidden="true">待</i>
        <span class="m-hide-tablet">{t("ui.product")}</span>
      </span>
      <span class="m-top__place m-muted">{floor.value?.office_name}</span>
      <h1 class="m-top__window">
        <WindowName window={own.value?.window ?? ""} />
      </h1>
      <Groups />
      <span class="m-top__grow" />
      <span class={isStale.value ? "m-live m-live--off" : "m-live"} role="status">
        <i />
        {t(isStale.value ? "counter.line.off" : "counter.line.on")}
      </span>
      <Clock />
      <span class="m-top__sep" />
      <button
        type="button"
        class="m-tool m-tool--plain"
        aria-haspopup="dialog"
        data-menu
        onClick={() => {
          dialog.value = "menu";
        }}
      >
        <span class="m-hide-tablet">{t("counter.staff")}</span> <b>{session.value?.display_name}</b>
      </button>
      <button
        type="button"
        class="m-tool"
        aria-haspopup="dialog"
        onClick={() => {
          dialog.value = "keys";
        }}
      >
        <Sign name="list" />
        {t("counter.keys.open")}
        <Key>?</Key>
      </button>
    </header>
  );
}

function Groups(): JSX.Element {
  const [first, ...others] = own.value?.groups ?? [];
  return (
    <span class="m-top__item m-hide-tablet m-top__groups">
      <Sign name="people" />
      <span>
        <b>{first}</b> {groupName(first ?? "")}
        {others.length > 0 && <span class="m-muted"> {t("counter.bar.then")} </span>}
        {others.map((letter) => (
          <span key={letter}>
            <b>{letter}</b> {groupName(letter)}{" "}
          </span>
        ))}
      </span>
    </span>
  );
}

/** Nothing until the server told its time: the browser's own may be days off. */
function Clock(): JSX.Element | null {
  const ms = now.value;
  if (!isClockKnown()) return null;
  return (
    <span class="m-top__item">
      {isDemoClock() && <span class="m-top__demo">{t("counter.demo_time")}</span>}
      <span class="m-hide-tablet">{dayName(currentLocale(), dateAt(ms))}</span>{" "}
      <b class="m-num m-top__clock">{timeAt(ms)}</b>
    </span>
  );
}
