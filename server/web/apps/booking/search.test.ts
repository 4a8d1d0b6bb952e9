import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mockOffice } from "../../testing/mock-api.ts";
import { locales } from "../../words/index.ts";
import { findErrands, fold } from "./search.ts";

const found = (typed: string) => {
  const { errands, services } = findErrands(typed, mockOffice.errands, mockOffice.services);
  return [...errands, ...services].map((one) => one.id);
};

describe("search", () => {
  it("does not mind width, case or kana", () => {
    expect(fold("ﾏｲﾅﾝﾊﾞｰ")).toBe(fold("まいなんばー"));
    expect(fold("ＡＢＣ")).toBe("abc");
    expect(fold("がぎぱ")).not.toBe(fold("かきは"));
  });

  it("does not mind the marks of Latin letters", () => {
    expect(fold("Địa chỉ")).toBe(fold("dia chi"));
    expect(fold("한국어")).toBe("한국어");
  });

  it("finds errands by their examples and services by their names", () => {
    expect(found("市内")).toEqual(["move"]);
    expect(found("転出")).toEqual(["move_out"]);
  });

  it("wants every word", () => {
    expect(found("引っ越し　市外")).toEqual(["move"]);
    expect(found("引っ越し 年金")).toEqual([]);
  });
});

describe("other names of the services", () => {
  const read = (locale: string): Record<string, string> =>
    JSON.parse(
      readFileSync(join(import.meta.dirname, `../../../../schema/words/${locale}.json`), "utf8"),
    );
  const prefix = "booking.search.synonyms.";
  const search = (locale: string, typed: string): string[] => {
    const words = read(locale);
    const ids = Object.keys(words).flatMap((key) =>
      key.startsWith(prefix) ? key.slice(prefix.length) : [],
    );
    const services = ids.map((id) => ({ ...bare, id }));
    const othersOf = (id: string) => words[`${prefix}${id}`] ?? "";
    return findErrands(typed, [], services, othersOf).services.map((one) => one.id);
  };
  const bare = { group: "A", name: "", name_ja: "", minutes: 10, reservable: true, bring: [] };

  it.each(locales)("find every word of the hint (%s)", (locale) => {
    const hint = read(locale)["booking.search.support"] ?? "";
    const words = hint.replace(/^[^:\uff1a]*[:\uff1a]/, "").split(/[、,]/);
    expect(words.length).toBeGreaterThan(2);
    for (const word of words) expect(search(locale, word), word).not.toEqual([]);
  });

  it.each([
    ["保険証", "nhi_join"],
    ["国保", "nhi_fee"],
    ["パスポート", "koseki_cert"],
    ["じゅうみんひょう", "cert"],
    ["ジュウミンヒョウ", "cert"],
    ["ﾊﾟｽﾎﾟｰﾄ", "koseki_cert"],
    ["引越し", "move_within"],
    ["引っ越し、住所変更", "move_in"],
    ["年金", "pension"],
    ["ハンコ", "seal"],
  ])("find %s", (typed, service) => {
    expect(search("ja", typed)).toContain(service);
  });

  it("do not run into each other", () => {
    expect(search("ja", "退職会社")).toEqual([]);
  });
});
