// Writes the TypeScript side of schema/words: one bundle of sentences per page and locale, and the types that make
// t("key", {places}) fail to compile when a key or a place is wrong. Reads <locale>.json and
// server/web/words/bundles.json; writes server/web/words/generated/ (never committed).
// Usage: node schema/words/generate.mjs
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isInAllLanguages } from "./languages.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const web = join(here, "../../server/web/words");
const locales = ["ja", "ja-x-easy", "en", "zh-Hans", "ko", "vi"];

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return {};
    throw new Error(`${path}: ${error.message}`);
  }
};

const words = Object.fromEntries(locales.map((l) => [l, readJson(join(here, `${l}.json`))]));
const keys = [...new Set(locales.flatMap((l) => Object.keys(words[l])))].sort();

// The same order as words() in schema/types/locale.cpp.
const chain = (locale) => {
  if (locale === "ja") return ["ja"];
  if (locale === "ja-x-easy") return ["ja-x-easy", "ja"];
  return [...new Set([locale, "en", "ja"])];
};
const sentence = (locale, key) => {
  for (const l of chain(locale)) if (words[l][key] !== undefined) return words[l][key];
  return undefined;
};
const written = new Set();
// Files that would not change are left alone, so that a running watcher or build is not disturbed.
const write = (folder, name, text) => {
  written.add(name);
  const path = join(folder, name);
  if (!existsSync(path) || readFileSync(path, "utf8") !== text) writeFileSync(path, text);
};
const placesOf = (text) => [...text.matchAll(/\{([a-z0-9_]+)\}/g)].map((m) => m[1]);

// Places of a key: the union over locales, so that no translation asks for a value nobody gives.
function writeKeys(out) {
  const lines = keys.map((key) => {
    const places = new Set(locales.flatMap((l) => placesOf(words[l][key] ?? "")));
    const type = places.size
      ? `{ ${[...places].sort().map((p) => `${p}: string | number`).join("; ")} }`
      : "null";
    return `  ${JSON.stringify(key)}: ${type};`;
  });
  write(out, "keys.ts", `export interface Words {\n${lines.join("\n")}\n}\n`);
}

// The languages offered to citizens: those that lack nothing. Another falls back, sentence by sentence.
function writeLocales(out) {
  const needed = keys.filter(isInAllLanguages);
  const written = locales.filter((l) => needed.every((key) => words[l][key] !== undefined));
  const list = written.map((l) => JSON.stringify(l)).join(", ");
  write(out, "locales.ts", `export const writtenLocales = [${list}] as const;\n`);
}

function writeBundle(out, name, areas) {
  const mine = keys.filter((key) => areas.some((area) => key.startsWith(`${area}.`)));
  const identifier = (locale) => `${name}.${locale}`;
  for (const locale of locales) {
    const entries = mine.map((key) => [key, sentence(locale, key)]);
    const missing = entries.filter(([, text]) => text === undefined).map(([key]) => key);
    if (missing.length) throw new Error(`no words in ja or en for: ${missing.join(", ")}`);
    const body = JSON.stringify(Object.fromEntries(entries), null, 2);
    write(out, `${identifier(locale)}.ts`, `export const words: Record<string, string> = ${body};\n`);
  }
  const loaders = locales
    .map((l) => `  ${JSON.stringify(l)}: () => import("./${identifier(l)}.ts"),`)
    .join("\n");
  write(out, `${name}.ts`, `export const bundle = {\n${loaders}\n};\n`);
}

const out = join(web, "generated");
mkdirSync(out, { recursive: true });
writeKeys(out);
writeLocales(out);
const bundles = readJson(join(web, "bundles.json"));
for (const [name, areas] of Object.entries(bundles)) writeBundle(out, name, areas);
for (const name of readdirSync(out)) if (!written.has(name)) rmSync(join(out, name));
if (written.size < 3) throw new Error("server/web/words/bundles.json names no bundle");
