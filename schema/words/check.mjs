// Checks schema/words: ja and en are complete and ask for the same {places}; no language asks for a place that ja does
// not have; every key has words. What the other four languages miss is reported, not refused. Exit 1 on an error.
// Usage: node schema/words/check.mjs [--missing]   --missing also names each missing key.
import { readFileSync } from "node:fs";

const COMPLETE = ["ja", "en"];
const OTHERS = ["ja-x-easy", "zh-Hans", "ko", "vi"];
// Sentences that are built differently per language: each names the date, or the office, in its own way.
const OWN_PLACES = [/^paper\.date$/, /^refusal\.check_in_other_office\./, /^hall\.call\.window$/];

const read = (locale) => {
  try {
    return JSON.parse(readFileSync(new URL(`${locale}.json`, import.meta.url), "utf8"));
  } catch (error) {
    if (error.code === "ENOENT" && OTHERS.includes(locale)) return {};
    throw error;
  }
};
const placesOf = (text) => [...new Set(text.match(/\{[a-z0-9_]+\}/g) ?? [])].sort().join(" ");

const matches = (key, patterns) => patterns.some((pattern) => pattern.test(key));

const words = Object.fromEntries([...COMPLETE, ...OTHERS].map((locale) => [locale, read(locale)]));
const keys = [...new Set(Object.values(words).flatMap(Object.keys))].sort();
const errors = [];

for (const key of keys) {
  for (const locale of COMPLETE) {
    if (words[locale][key] === undefined) errors.push(`${locale}: ${key} is missing`);
  }
  // A unit that one language writes after a figure may be nothing in another, but not in both.
  if (words.ja[key] === "" && words.en[key] === "") errors.push(`ja and en: ${key} is empty`);
  const wanted = placesOf(words.ja[key] ?? "");
  for (const [locale, sentences] of Object.entries(words)) {
    const text = sentences[key];
    if (text === undefined) continue;
    if (typeof text !== "string") errors.push(`${locale}: ${key} is not a text`);
    if (typeof text !== "string" || words.ja[key] === undefined) continue;
    if (matches(key, OWN_PLACES)) continue;
    if (placesOf(text) !== wanted) {
      errors.push(`${locale}: ${key} asks for ${placesOf(text) || "nothing"}, ja for ${wanted || "nothing"}`);
    }
  }
}

for (const locale of OTHERS) {
  const missing = keys.filter((key) => words[locale][key] === undefined);
  console.log(`${locale}: ${keys.length - missing.length} of ${keys.length} keys, ${missing.length} missing`);
  if (process.argv.includes("--missing")) for (const key of missing) console.log(`  ${key}`);
}
for (const error of errors) console.error(`error: ${error}`);
console.log(`${keys.length} keys, ${errors.length} errors`);
process.exitCode = errors.length > 0 ? 1 : 0;
