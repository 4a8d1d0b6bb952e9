// Finding an errand by what a person types: spelling does not matter (width, case, hiragana or katakana, the marks of
// Latin letters). Pure.
import type { Errand, Service } from "../../api/types.ts";

export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("đ", "d")
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/[\s・･、。,.()（）]/g, "");
}

export interface Found {
  errands: Errand[];
  services: Service[];
}

const foldedParts = (text: string, between: RegExp): string[] =>
  text
    .split(between)
    .map(fold)
    .filter((part) => part !== "");

/**
 * Errands whose name or examples hold every word of `typed`, and services whose name (in Japanese or the page's
 * language) or other names do. `othersOf` gives a service's other names, parted by commas.
 */
export function findErrands(
  typed: string,
  errands: readonly Errand[],
  services: readonly Service[],
  othersOf: (service: string) => string = () => "",
): Found {
  const wanted = foldedParts(typed, /[\s、,，]+/);
  const holds = (...texts: string[]) => {
    const parts = texts.flatMap((text) => foldedParts(text, /[、,，]/));
    return wanted.every((word) => parts.some((part) => part.includes(word)));
  };
  return {
    errands: errands.filter((one) => holds(one.name, one.examples)),
    services: services.filter((one) => holds(one.name, one.name_ja, othersOf(one.id))),
  };
}
