// Writes <city>/holidays.csv from the pinned data set @holiday-jp/holiday_jp (MIT): national holidays, days in lieu and
// days between two holidays, 2026 to 2050. Run it after a new release of the package: node schema/seed/make-holidays.mjs
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const FIRST_YEAR = 2026;
const LAST_YEAR = 2050;

const holidays = createRequire(import.meta.url)("@holiday-jp/holiday_jp/lib/holidays.js");

const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const rows = Object.values(holidays)
  .map(({ date, name, name_en: nameEn }) => [date, name, nameEn])
  .filter(
    ([date]) => Number(date.slice(0, 4)) >= FIRST_YEAR && Number(date.slice(0, 4)) <= LAST_YEAR,
  )
  .sort(([a], [b]) => (a < b ? -1 : 1));

for (let year = FIRST_YEAR; year <= LAST_YEAR; ++year) {
  const count = rows.filter(([date]) => date.startsWith(`${year}-`)).length;
  if (count < 16) throw new Error(`only ${count} holidays in ${year}: the data set is incomplete`);
}

const lines = [["date", "name_ja", "name_en"], ...rows].map((row) => row.map(quoted).join(","));
const target = new URL("./kitakyushu/holidays.csv", import.meta.url);
writeFileSync(target, `${lines.join("\n")}\n`);
console.log(`${rows.length} holidays, ${rows[0][0]} to ${rows.at(-1)[0]}`);
