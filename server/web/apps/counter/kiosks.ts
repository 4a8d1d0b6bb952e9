// The office's kiosks as the counter sees them: which one needs a look, and why.
import { computed } from "@preact/signals";
import type { Schema } from "../../api/types.ts";
import { t } from "../../words/index.ts";
import { floor, now } from "./state.ts";

export type Kiosk = Schema<"FloorKiosk">;

/** A line that is back sooner, as after a restart of the server, is not worth a word. */
const aloneAfterMs = 10_000;
/** Reasons of calls that say more about the printer than "help". */
const printersReasons = ["printer", "paper_near_end", "cover_open", "not_answering", "taken"];

export const kiosks = computed<readonly Kiosk[]>(() => floor.value?.kiosks ?? []);

/** "kokurakita-kiosk-1" is kiosk 1 here; any other name is told as it is. */
export function placeName(place: string): string {
  const number = /-kiosk-(\d+)$/.exec(place)?.[1];
  return number ? t("counter.calls.kiosk", { number }) : place;
}

export function isAlone(kiosk: Kiosk, at: number): boolean {
  return kiosk.alone_since !== undefined && at - Date.parse(kiosk.alone_since) >= aloneAfterMs;
}

/** stopped: no ticket comes; soon: it will need somebody, or goes on by itself. */
export type Trouble = "stopped" | "soon";

export function printersTrouble({ printer }: Kiosk): Trouble | undefined {
  if (printer.state === "ready") return undefined;
  const goesOn = printer.state === "paper_near_end" || printer.state === "overheated";
  return goesOn ? "soon" : "stopped";
}

export function troubleOf(kiosk: Kiosk, at: number): Trouble | undefined {
  return isAlone(kiosk, at) ? "stopped" : printersTrouble(kiosk);
}

export const troubledKiosks = computed(() =>
  kiosks.value.filter((kiosk) => troubleOf(kiosk, now.value) !== undefined),
);

/** Those that no call stands for: the call says the same, and louder. */
export const quietTroubles = computed(() => {
  const calls = floor.value?.staff_calls ?? [];
  const isCalling = ({ id }: Kiosk) =>
    calls.some((call) => call.place === id && printersReasons.includes(call.reason));
  return troubledKiosks.value.filter((kiosk) => isAlone(kiosk, now.value) || !isCalling(kiosk));
});
