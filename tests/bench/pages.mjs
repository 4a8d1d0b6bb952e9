// What a phone loads for the booking page: the built files, each compressed as the server sends it to a browser that
// takes gzip. Counts what the page names, the modules they import, and the words of one language.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { judge, print } from "./support/server.mjs";

const web = "build/web/server";
const jsBar = 35;
const pageBar = 70;

const sizeOf = (path) => {
  const file = join(web, path);
  return existsSync(`${file}.gz`)
    ? readFileSync(`${file}.gz`).length
    : Math.min(gzipSync(readFileSync(file)).length, readFileSync(file).length);
};

/** The module and all that it imports at once. */
function modulesFrom(path, found) {
  if (found.has(path)) return found;
  found.add(path);
  const text = readFileSync(join(web, path), "utf8");
  for (const [, name] of text.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g)) {
    modulesFrom(`assets/${name}`, found);
  }
  return found;
}

for (const page of ["booking", "reservation"]) {
  const html = readFileSync(join(web, `${page}.html`), "utf8");
  const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path]) => path);
  const modules = new Set();
  for (const path of named.filter((name) => name.endsWith(".js"))) modulesFrom(path, modules);
  const words = [...modules].flatMap((path) => {
    const text = readFileSync(join(web, path), "utf8");
    return [...text.matchAll(/import\([`"']\.\/([\w.-]+\.js)/g)]
      .map(([, name]) => name)
      .filter((name) => name.startsWith(`${page}.ja-`) && !name.includes("ja-x-easy"))
      .map((name) => `assets/${name}`);
  });
  for (const path of words) modules.add(path);
  const others = named.filter((path) => !path.endsWith(".js"));
  const js = [...modules].reduce((sum, path) => sum + sizeOf(path), 0);
  const all = others.reduce((sum, path) => sum + sizeOf(path), js + sizeOf(`${page}.html`));
  const how = `gzip, ${modules.size} modules with the Japanese words`;
  if (words.length === 0) throw new Error(`no words found for ${page}`);
  if (page === "booking") {
    judge("booking_page_js", js / 1000, "kB", jsBar, how);
    judge(
      "booking_page_all",
      all / 1000,
      "kB",
      pageBar,
      `${how}, styles, icon, HTML; no fonts or pictures`,
    );
  } else {
    print("reservation_page_all", all / 1000, "kB", how);
  }
}
