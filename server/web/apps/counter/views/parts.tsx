// Small pieces that several panels use: key caps, tags, names of services, spans of time.
import type { ComponentChildren, JSX } from "preact";
import type { Help } from "../../../api/types.ts";
import { clockOf } from "../../../core/index.ts";
import { currentLocale, type Locale, localeNames, t } from "../../../words/index.ts";
import type { Left, OrderReason } from "../model.ts";
import { floor, groups } from "../state.ts";
import { Sign } from "./icons.tsx";

export function Key({ children }: { children: ComponentChildren }): JSX.Element {
  return <kbd class="m-key">{children}</kbd>;
}

export function serviceName(id: string): string {
  const service = floor.value?.services.find((one) => one.id === id);
  if (!service) return id;
  return currentLocale() === "ja" ? service.name_ja : service.name_en;
}

export function groupName(letter: string): string {
  return groups.value.find((group) => group.id === letter)?.name ?? "";
}

export function reasonText(reason: OrderReason): string {
  return t(`counter.reason.${reason}`);
}

/** 6分40秒, 1時間5分: seconds are told under an hour. */
export function spanText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 60)
    return t("counter.span.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  return t("counter.span.minutes", { minutes, seconds: seconds % 60 });
}

/** 0:42 */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** あと7分, ◇ あと1分, ▲ 2分超過: to the latest time that the ticket says. */
export function LeftTime({ left: { kind, minutes } }: { left: Left }): JSX.Element {
  const words = t(kind === "late" ? "counter.waiting.over" : "counter.waiting.left_minutes", {
    minutes,
  });
  if (kind === "fine") return <>{words}</>;
  return (
    <span class={`m-${kind}`}>
      <Sign name={kind} />
      {words}
    </span>
  );
}

/** A list that scrolls and has no control inside must be reached by keyboard. */
export function reachable(
  isNeeded: boolean,
  name: string,
): { tabIndex?: number; role?: "group"; "aria-label"?: string } {
  return isNeeded ? { tabIndex: 0, role: "group", "aria-label": name } : {};
}

/** "3番窓口" or "Window 3", the number larger. */
export function WindowName({ window }: { window: string }): JSX.Element {
  const [before, after] = t("counter.window", { window: "\u2068" }).split("\u2068");
  return (
    <>
      {before}
      <b>{window}</b>
      {after}
    </>
  );
}

/** 10:41:50 */
export function secondsOf(ms: number): string {
  const instant = new Date(ms).toISOString();
  return `${clockOf(instant)}:${instant.slice(17, 19)}`;
}

export function HelpTag({ help }: { help: Help }): JSX.Element {
  return (
    <span class="m-tag m-tag--care">
      <Sign name={help} />
      {t(`counter.help.${help}`)}
    </span>
  );
}

export interface Marked {
  reserved_for?: string;
  priority?: boolean;
  help: readonly Help[];
  locale: Locale;
}

/** What the clerk should know before the person stands there; never the reason for a priority. */
export function Tags({ of }: { of: Marked }): JSX.Element {
  return (
    <>
      {of.reserved_for && (
        <b class="m-tag">{t("counter.tag.reserved", { time: clockOf(of.reserved_for) })}</b>
      )}
      {of.priority && (
        <span class="m-tag m-tag--care">
          <Sign name="up" />
          {t("counter.tag.priority")}
        </span>
      )}
      {of.help.map((help) => (
        <HelpTag key={help} help={help} />
      ))}
      {of.locale !== "ja" && (
        <span class="m-tag" lang={of.locale}>
          {localeNames[of.locale]}
        </span>
      )}
    </>
  );
}
