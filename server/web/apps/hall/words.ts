// The hall speaks Japanese and English at once, so it holds both bundles and does not switch. Only a call speaks the
// language of the ticket, under its Japanese.
import { words as easy } from "../../words/generated/call.ja-x-easy.ts";
import { words as ko } from "../../words/generated/call.ko.ts";
import { words as vi } from "../../words/generated/call.vi.ts";
import { words as zh } from "../../words/generated/call.zh-Hans.ts";
import { words as en } from "../../words/generated/hall.en.ts";
import { words as ja } from "../../words/generated/hall.ja.ts";
import { fill, isOffered, type Locale, type Sentences, type Words } from "../../words/index.ts";

type Key = keyof Words;
type Places<K extends Key> = Words[K] extends null ? [] : [places: Words[K]];

export interface Both {
  ja: string;
  en: string;
  /** What stands in the place of the English. */
  own?: { lang: Locale; text: string };
}

const callWords: Partial<Record<Locale, Sentences>> = { "ja-x-easy": easy, "zh-Hans": zh, ko, vi };

export function both<K extends Key>(key: K, ...places: Places<K>): Both {
  const values: Record<string, string | number> = places[0] ?? {};
  return { ja: fill(ja[key] ?? key, values), en: fill(en[key] ?? key, values) };
}

/** A sentence of a call to the holder of a ticket in `lang`. */
export function called<K extends Key>(lang: Locale, key: K, ...places: Places<K>): Both {
  const text = isOffered(lang) ? callWords[lang]?.[key] : undefined;
  const pair = both(key, ...places);
  return text === undefined ? pair : { ...pair, own: { lang, text: fill(text, places[0] ?? {}) } };
}
