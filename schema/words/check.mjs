// Checks schema/words: ja and en are complete; the other four languages have no sentences that stay in these two
// (languages.mjs); every sentence asks for the {places} of ja. What the four still miss is reported, not refused: a
// language is offered to citizens when nothing is missing. Exit 1 on an error.
// Usage: node schema/words/check.mjs [--missing]   --missing also names each missing key.
import { readFileSync } from "node:fs";
import { isInAllLanguages } from "./languages.mjs";

const COMPLETE = ["ja", "en"];
const OTHERS = ["ja-x-easy", "zh-Hans", "ko", "vi"];
// Sentences that are built differently per language: each names the date, or the office, as ja or as en does.
const OWN_PLACES = [/^paper\.date$/, /^refusal\.check_in_other_office\./, /^hall\.call\.window$/];

const read = (locale) => {
  try {
    return JSON.parse(readFileSync(new URL(`${locale}.json`, import.meta.url), "utf8"));
  } catch (error) {
    if (error.code === "ENOENT" && OTHERS.includes(locale)) return {};
    throw error;
  }
};
const placesOf = (text) => [...new Set((text ?? "").match(/\{[a-z0-9_]+\}/g) ?? [])].sort().join(" ");
const hasReading = (text) => /[｜《》]/.test(text ?? "");

const words = Object.fromEntries([...COMPLETE, ...OTHERS].map((locale) => [locale, read(locale)]));
const keys = [...new Set(Object.values(words).flatMap(Object.keys))].sort();

/** What is wrong with the sentence of `key` in `locale`, if anything. */
function faultOf(locale, key) {
  const text = words[locale][key];
  if (text === undefined) return COMPLETE.includes(locale) ? "is missing" : undefined;
  if (typeof text !== "string") return "is not a text";
  if (OTHERS.includes(locale) && !isInAllLanguages(key)) return "stays in ja and en";
  if (words.ja[key] === undefined) return undefined; // said once, for ja
  // Only some screens draw readings: those where ja has one.
  if (hasReading(text) && !hasReading(words.ja[key])) return "has a reading where ja has none";
  const isOwn = OWN_PLACES.some((pattern) => pattern.test(key));
  const wanted = isOwn ? ["ja", "en"] : ["ja"];
  if (wanted.some((one) => placesOf(words[one][key]) === placesOf(text))) return undefined;
  return `asks for ${placesOf(text) || "nothing"}, ja for ${placesOf(words.ja[key]) || "nothing"}`;
}

const errors = [];

for (const key of keys) {
  for (const locale of Object.keys(words)) {
    const fault = faultOf(locale, key);
    if (fault) errors.push(`${locale}: ${key} ${fault}`);
  }
  // A unit that one language writes after a figure may be nothing in another, but not in both.
  if (words.ja[key] === "" && words.en[key] === "") errors.push(`ja and en: ${key} is empty`);
}

const inAll = keys.filter(isInAllLanguages);
console.log(`ja, en: ${keys.length} sentences, ${inAll.length} of them for all languages`);
for (const locale of OTHERS) {
  const missing = inAll.filter((key) => words[locale][key] === undefined);
  console.log(missing.length > 0 ? `${locale}: ${missing.length} missing` : `${locale}: complete`);
  if (process.argv.includes("--missing")) for (const key of missing) console.log(`  ${key}`);
}
for (const error of errors) console.error(`error: ${error}`);
console.log(`${errors.length} errors`);
process.exitCode = errors.length > 0 ? 1 : 0;
