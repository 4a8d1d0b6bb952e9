// Japanese words for component tests: every sentence of the product, as a page would load it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Bundle, locales, startWords } from "../words/index.ts";

const folder = join(import.meta.dirname, "../../../schema/words");

function read(locale: string): Record<string, string> {
  return JSON.parse(readFileSync(join(folder, `${locale}.json`), "utf8"));
}

/** As on a page: what a language lacks is said in English, in easy Japanese in Japanese. */
export function startTestWords(locale: "ja" | "en" = "ja"): Promise<void> {
  const load = async (which: string) => ({
    words: { ...read(which.startsWith("ja") ? "ja" : "en"), ...read(which) },
  });
  const bundle = Object.fromEntries(locales.map((one) => [one, () => load(one)])) as Bundle;
  return startWords(bundle, locale);
}
