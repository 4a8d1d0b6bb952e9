// The words that the pages are built with, so that tests name what people read without copying it.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

export const languages = ["ja", "ja-x-easy", "en", "zh-Hans", "ko", "vi"] as const;
export type Language = (typeof languages)[number];
export type Words = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export function wordsOf(language: Language): Words {
  const file = resolve(import.meta.dirname, `../../../schema/words/${language}.json`);
  const table = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  return (key, values = {}) => {
    const text = table[key];
    if (text === undefined) throw new Error(`no words for ${key} in ${language}`);
    return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
  };
}
