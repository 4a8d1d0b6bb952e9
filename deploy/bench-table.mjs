// Turns benchmark lines into build/bench.json and a table. Usage: bench-table.mjs LINES JSON
// A line that brings neither bar nor verdict takes its bar from the table below.
import { readFileSync, writeFileSync } from "node:fs";

// name → [bar, "least" or "most"]
const BARS = {
  "db.durable_writes_ratio": [0.5, "least"],
};
const judged = (value, [bar, kind]) =>
  value !== null && (kind === "least" ? value >= bar : value <= bar);

const [linesFile, jsonFile] = process.argv.slice(2);
const figures = readFileSync(linesFile, "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => {
    const { name, value, unit = "", bar = null, ok = null, how = "" } = JSON.parse(line);
    const own = bar === null && ok === null ? BARS[name] : undefined;
    if (!own) return { name, value, unit, bar, ok, how };
    return { name, value, unit, bar: own[0], ok: judged(value, own), how: how || `at ${own[1]}` };
  });
writeFileSync(jsonFile, `${JSON.stringify(figures, null, 2)}\n`);

const shown = (value) => {
  if (value === null) return "–";
  if (typeof value !== "number") return String(value);
  return Number.isInteger(value) ? value.toLocaleString("en") : value.toPrecision(4);
};
const rows = figures.map(({ name, value, unit, bar, ok, how }) => [
  ok === null ? "    " : ok ? "ok  " : "MISS",
  name,
  `${shown(value)} ${unit}`.trim(),
  bar === null ? "" : shown(bar),
  how,
]);
const header = ["", "figure", "value", "bar", "how"];
const widths = header.map((title, i) =>
  Math.max(title.length, ...rows.map((row) => row[i].length)),
);
for (const row of [header, ...rows]) {
  console.log(
    row
      .map((cell, i) => (i === 4 ? cell : cell.padEnd(widths[i])))
      .join("  ")
      .trimEnd(),
  );
}
const missed = figures.filter(({ ok }) => ok === false).length;
console.log(`${figures.length} figures, ${missed} missed (${jsonFile})`);
process.exitCode = missed > 0 ? 1 : 0;
