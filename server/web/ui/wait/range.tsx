// What is said of a wait: a range of minutes, "soon" below three, "now" when nobody waits either.
import type { JSX } from "preact";
import { t } from "../../words/index.ts";

/** As WaitRange of schema/openapi.yaml. */
export interface Range {
  low_minutes: number;
  high_minutes: number;
  is_soon: boolean;
}

/** 10〜20; 20 when both are the same. `to` stands between the two. */
export function rangeText({ low_minutes, high_minutes }: Range, to = t("wait.to")): string {
  return low_minutes < high_minutes ? `${low_minutes}${to}${high_minutes}` : `${high_minutes}`;
}

/** 約10〜20分, まもなく or すぐに, for somebody who comes now. `say`: where a page holds its words elsewhere. */
export function waitText(range: Range, waiting: number, say: typeof t = t): string {
  if (range.is_soon) return say(waiting === 0 ? "wait.now" : "wait.soon");
  return say("wait.range", { range: rangeText(range, say("wait.to")) });
}

/** The range of one person, its figures larger than the words around them (these are spans). */
export function WaitMinutes({ range }: { range: Range }): JSX.Element {
  if (range.is_soon) return <>{t("wait.soon")}</>;
  const [before, after] = t("wait.range", { range: "\u2068" }).split("\u2068");
  return (
    <>
      {before && <span>{before}</span>}
      {rangeText(range)}
      {after && <span>{after}</span>}
    </>
  );
}
