// Finding an errand by what a person types: spelling does not matter (width, case, hiragana or katakana). Pure.
import type { Errand, Service } from "../../api/types.ts";

export function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/[\s・･、。,.()（）]/g, "");
}

export interface Found {
  errands: Errand[];
  services: Service[];
}

/** Errands whose name or examples hold every word of `typed`, and services whose name does; services come first. */
export function findErrands(
  typed: string,
  errands: readonly Errand[],
  services: readonly Service[],
): Found {
  const wanted = typed
    .split(/[\s　]+/)
    .map(fold)
    .filter((word) => word !== "");
  const holds = (...texts: string[]) => {
    const text = fold(texts.join(" "));
    return wanted.every((word) => text.includes(word));
  };
  return {
    errands: errands.filter((one) => holds(one.name, one.examples)),
    services: services.filter((one) => holds(one.name, one.name_ja)),
  };
}
