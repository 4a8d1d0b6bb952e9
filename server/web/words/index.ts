// The sentences of a page in the reader's language. `t` is reactive: a component that calls it is drawn again when the
// language changes. Not for text that comes from the server (service names, refusals): that is asked for by locale.
import { signal } from "@preact/signals";
import type { Words } from "./generated/keys.ts";
import { writtenLocales } from "./generated/locales.ts";

export type { Words } from "./generated/keys.ts";

export const locales = ["ja", "ja-x-easy", "en", "zh-Hans", "ko", "vi"] as const;
export type Locale = (typeof locales)[number];

/** What a page offers and speaks: the languages that lack no sentence for citizens. */
export const offeredLocales: readonly Locale[] = writtenLocales;

/** Each language in its own script. These are names, the same in every language. */
export const localeNames: Record<Locale, string> = {
  ja: "日本語",
  "ja-x-easy": "やさしい日本語",
  en: "English",
  "zh-Hans": "简体中文",
  ko: "한국어",
  vi: "Tiếng Việt",
};

export type Sentences = Record<string, string>;
export type Bundle = Record<Locale, () => Promise<{ words: Sentences }>>;

type Key = keyof Words;
type Places<K extends Key> = Words[K] extends null ? [] : [places: Words[K]];

interface Spoken {
  locale: Locale;
  sentences: Sentences;
}

const spoken = signal<Spoken>({ locale: "ja", sentences: {} });
let loaders: Bundle | undefined;
const storageKey = "lang";

/** The sentence of `key` in the present language; an unknown key comes back as itself. */
export function t<K extends Key>(key: K, ...places: Places<K>): string {
  const values: Record<string, string | number> = places[0] ?? {};
  return fill(spoken.value.sentences[key] ?? key, values);
}

/** `key` chosen at run time (a state, a code): undefined when this page has no such sentence. */
export function tMaybe(
  key: string,
  places: Record<string, string | number> = {},
): string | undefined {
  const text = spoken.value.sentences[key];
  return text === undefined ? undefined : fill(text, places);
}

export function fill(text: string, places: Record<string, string | number>): string {
  return text.replace(/\{([a-z0-9_]+)\}/g, (whole, name: string) =>
    name in places ? String(places[name]) : whole,
  );
}

export function currentLocale(): Locale {
  return spoken.value.locale;
}

/** Loads the sentences of a page in the remembered, asked (?lang=) or browser's language. Await before the first render. */
export async function startWords(
  bundle: Bundle,
  locale: Locale = preferredLocale(),
): Promise<void> {
  loaders = bundle;
  await setLocale(locale, false);
}

/** Switches the whole page in place and remembers the choice for later pages and for server pages (cookie `lang`). */
export async function setLocale(locale: Locale, remember = true): Promise<void> {
  if (!loaders) throw new Error("setLocale before startWords");
  const { words } = await loaders[locale]();
  spoken.value = { locale, sentences: words };
  document.documentElement.lang = locale;
  document.documentElement.classList.toggle("is-easy", locale === "ja-x-easy");
  if (remember) rememberLocale(locale);
}

export function isLocale(text: string | null | undefined): text is Locale {
  return locales.some((locale) => locale === text);
}

export function isOffered(
  text: string | null | undefined,
  offered: readonly Locale[] = offeredLocales,
): text is Locale {
  return offered.some((locale) => locale === text);
}

function localeOfTag(tag: string): Locale | undefined {
  if (isLocale(tag)) return tag;
  const language = tag.toLowerCase().split("-")[0];
  if (language === "zh") return "zh-Hans";
  return isLocale(language) ? language : undefined;
}

/** The best of the browser's languages that is offered ("zh-CN" → zh-Hans, "en-GB" → en); a reader of a language whose
 * words are still to come gets en; else ja. */
export function localeFromTags(
  tags: readonly string[],
  offered: readonly Locale[] = offeredLocales,
): Locale {
  const known = tags.flatMap((tag) => localeOfTag(tag) ?? []);
  return known.find((one) => isOffered(one, offered)) ?? (known.length > 0 ? "en" : "ja");
}

function preferredLocale(): Locale {
  const asked = new URLSearchParams(location.search).get("lang");
  if (isOffered(asked)) return asked;
  return remembered() ?? localeFromTags(navigator.languages);
}

function remembered(): Locale | undefined {
  const inCookie = /(?:^|;\s*)lang=([\w-]+)/.exec(document.cookie)?.[1];
  if (isOffered(inCookie)) return inCookie;
  try {
    const stored = localStorage.getItem(storageKey);
    return isOffered(stored) ? stored : undefined;
  } catch {
    return undefined;
  }
}

function rememberLocale(locale: Locale): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it for its own pages; CookieStore is not everywhere.
  document.cookie = `lang=${locale}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  try {
    localStorage.setItem(storageKey, locale);
  } catch {
    // Storage may be off; the cookie is enough.
  }
}
