// The hall speaks Japanese and English at once, so it holds both bundles and does not switch.
import { words as en } from "../../words/generated/hall.en.ts";
import { words as ja } from "../../words/generated/hall.ja.ts";
import { fill, type Words } from "../../words/index.ts";

type Key = keyof Words;
type Places<K extends Key> = Words[K] extends null ? [] : [places: Words[K]];

export interface Both {
  ja: string;
  en: string;
}

export function both<K extends Key>(key: K, ...places: Places<K>): Both {
  const values: Record<string, string | number> = places[0] ?? {};
  return { ja: fill(ja[key] ?? key, values), en: fill(en[key] ?? key, values) };
}
