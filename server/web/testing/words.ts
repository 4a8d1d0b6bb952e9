// Japanese words for component tests: every sentence of the product, as a page would load it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Bundle, locales, startWords } from "../words/index.ts";

const folder = join(import.meta.dirname, "../../../schema/words");

function read(locale: string): Record<string, string> {
  return JSON.parse(readFileSync(join(folder, `${locale}.json`), "utf8"));
}

/** ja and en are real; the others speak English here. */
export function startTestWords(locale: "ja" | "en" = "ja"): Promise<void> {
  const load = async (which: string) => ({ words: read(which.startsWith("ja") ? "ja" : "en") });
  const bundle = Object.fromEntries(locales.map((one) => [one, () => load(one)])) as Bundle;
  return startWords(bundle, locale);
}
