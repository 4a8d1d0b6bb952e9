import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import {
  currentLocale,
  fill,
  isLocale,
  isOffered,
  localeFromTags,
  localeNames,
  locales,
  offeredLocales,
  setLocale,
  startWords,
  t,
  tMaybe,
} from "./index.ts";

const spoken = (greeting: string) => async () => ({ words: { "ui.step": greeting } });
const bundle = {
  ja: spoken("{step}/{of} {name}"),
  "ja-x-easy": spoken("やさしい {step}"),
  en: spoken("step {step} of {of}: {name}"),
  "zh-Hans": spoken("第{step}步"),
  ko: spoken("{step}단계"),
  vi: spoken("bước {step}"),
};

beforeEach(() => {
  // biome-ignore lint/suspicious/noDocumentCookie: the test resets what the page remembers.
  document.cookie = "lang=; Max-Age=0; Path=/";
  localStorage.clear();
});

describe("words", () => {
  it("fill their places", async () => {
    await startWords(bundle, "en");
    expect(t("ui.step", { step: 2, of: 6, name: "time" })).toBe("step 2 of 6: time");
  });

  it("switch in place, set lang and remember it", async () => {
    await startWords(bundle, "ja");
    await setLocale("ja-x-easy");
    expect(document.documentElement.lang).toBe("ja-x-easy");
    expect(document.documentElement.classList.contains("is-easy")).toBe(true);
    await setLocale("en");
    expect(document.documentElement.lang).toBe("en");
    expect(document.cookie).toContain("lang=en");
    await startWords(bundle);
    expect(currentLocale()).toBe("en");
  });

  it("come back as the key when a page lacks them", async () => {
    await startWords(bundle, "ja");
    expect(t("ui.change")).toBe("ui.change");
    expect(tMaybe("ui.nothing")).toBeUndefined();
  });

  it("leave a place without a value as it is", () => {
    expect(fill("{a} {b}", { a: 1 })).toBe("1 {b}");
  });
});

describe("locales", () => {
  it.each([
    [["en-GB"], "en"],
    [["zh-TW", "ja"], "zh-Hans"],
    [["fr-FR", "vi-VN"], "vi"],
    [["fr"], "ja"],
    [[], "ja"],
  ])("the best of %j is %s", (tags, locale) => {
    expect(localeFromTags(tags, locales)).toBe(locale);
  });

  it("without words are not chosen: the next of the reader's languages, else English", () => {
    expect(localeFromTags(["zh-CN", "ja"], ["ja", "en"])).toBe("ja");
    expect(localeFromTags(["vi-VN"], ["ja", "en"])).toBe("en");
  });

  it("are offered with every sentence for citizens: all six (else see deploy/words --missing)", () => {
    expect(offeredLocales).toEqual(locales);
  });

  it("are the same on the server's ticket page", () => {
    const page = readFileSync(join(import.meta.dirname, "../pages/ticket.html"), "utf8");
    const links = [...page.matchAll(/<a href="\?lang=([\w-]+)" lang="([\w-]+)">([^<]+)</g)];
    const shown = links.map(([, asked, lang, name]) => [asked, lang, name]);
    expect(shown).toEqual(offeredLocales.map((one) => [one, one, localeNames[one]]));
  });

  it("of an address or a cookie count only when offered", async () => {
    // biome-ignore lint/suspicious/noDocumentCookie: what an earlier page may have left.
    document.cookie = "lang=nothing; Path=/";
    history.replaceState(null, "", "/?lang=fr");
    await startWords(bundle);
    expect(isOffered(document.documentElement.lang)).toBe(true);
    history.replaceState(null, "", "/");
  });

  it("are exactly six", () => {
    expect(locales.every(isLocale)).toBe(true);
    expect(isLocale("fr")).toBe(false);
  });
});

describe("the catalogue", () => {
  const read = (locale: string): Record<string, string> =>
    JSON.parse(
      readFileSync(join(import.meta.dirname, `../../../schema/words/${locale}.json`), "utf8"),
    );
  const ja = read("ja");
  const en = read("en");

  it("has the same keys in ja and en", () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(ja).sort());
  });
});
