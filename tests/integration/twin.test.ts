// matanai-twin: every command's help, JSON, seed and threads, and what it says to bad input.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runProgram } from "./support/run.ts";

const folder = mkdtempSync(join(tmpdir(), "matanai-twin-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const twin = (...args: string[]) => runProgram("matanai-twin", ...args);
const [done, missed, usage] = [0, 1, 2];

/** What it prints with --json; it may have missed a bar, as short runs do. */
async function json(...args: string[]) {
  const ended = await twin(...args, "--json");
  expect(ended.err.replaceAll(/^missed: .*\n/gm, "")).toBe("");
  expect([done, missed]).toContain(ended.code);
  return JSON.parse(ended.out);
}

const clock = (minute: number): string => {
  const at = Math.round(minute * 60);
  const [hours, minutes, seconds] = [Math.floor(at / 3600), Math.floor(at / 60) % 60, at % 60];
  return [hours, minutes, seconds].map((part) => String(part).padStart(2, "0")).join(":");
};

// Days with a window from nine to noon and somebody every five minutes; of two reservations a day
// one is kept.
function visits(days = 10): string {
  const rows = ["day,outcome,group,service,window,arrival,slot,called,started,finished,priority"];
  for (let day = 1; day <= days; ++day) {
    const date = `2026-11-${String(day).padStart(2, "0")}`;
    rows.push(`${date},open,,,3,,,,09:00,12:00,`, `${date},no_show,,,,,11:00,,,,`);
    for (let minute = 540; minute < 715; minute += 5) {
      const slot = minute === 600 ? clock(minute) : "";
      const called = clock(minute + 0.5);
      const [started, finished] = [clock(minute + 0.75), clock(minute + 3.75 + (minute % 3) / 2)];
      rows.push(
        `${date},served,A,certificate,3,${clock(minute)},${slot},${called},${started},${finished},`,
      );
    }
  }
  return `${rows.join("\n")}\n`;
}

// Three days of a board every five minutes: a number is called every two and a half, about six wait,
// and the office believes that a visit takes nine minutes at each of two windows.
function snapshots(): string {
  const rows = ["office,queue,date,minute_of_day,waiting,open_windows,service_minutes,last_called"];
  for (const date of ["2020-01-07", "2020-01-08", "2020-01-09"])
    for (let minute = 540; minute < 900; minute += 5)
      rows.push(`X,1,${date},${minute},${5 + (minute % 3)},2,9,${(minute - 540) / 2.5}`);
  return `${rows.join("\n")}\n`;
}

test.each(["validate", "simulate", "compare", "plan", "score", "calibrate"])(
  "%s --help teaches: examples, the options of all, exit codes",
  async (command) => {
    const help = await twin(command, "--help");
    expect(help).toMatchObject({ code: done, err: "" });
    for (const word of [`matanai-twin ${command}`, "Examples:", "--json", "--seed", "Exit codes:"])
      expect(help.out).toContain(word);
  },
);

test("simulate: figures of every hour; the seed alone decides, not the threads", async () => {
  const day = ["simulate", "--days", "60"];
  const figures = await json(...day, "--seed", "7", "--threads", "1");
  expect(figures).toMatchObject({ days: 60, uncalled: 0 });
  expect(figures.waits.map((row: { who: string }) => row.who).slice(0, 4)).toEqual([
    "all",
    "walk-in",
    "reserved",
    "08:00",
  ]);
  expect(await json(...day, "--seed", "7", "--threads", "2")).toEqual(figures);
  expect(await json(...day, "--seed", "8", "--threads", "2")).not.toEqual(figures);
  expect((await twin(...day)).out).toMatch(/60 days of [\d.]+ visitors/);
});

test("compare: each rule's figures beside the published ones", async () => {
  const rules = ["compare", "--days", "10", "--seed", "3"];
  const figures = await json(...rules, "--threads", "1");
  expect(figures.length).toBeGreaterThan(5);
  expect(figures[0]).toMatchObject({
    rule: "first come by ready time",
    ours: { reserved_p90: expect.any(Number) },
    published: { reserved_p90: 7.3 },
  });
  expect(await json(...rules, "--threads", "2")).toEqual(figures);
});

test("plan: windows, shifts and slots of a small office; one or two threads", async () => {
  const small = ["plan", "--visitors", "40", "--search-days", "50", "--check-days", "100"];
  const plan = await json(...small, "--reserved", "30", "--threads", "1");
  expect(plan).toMatchObject({ is_met: expect.any(Boolean), checked_days: 100 });
  expect(plan.hours[0]).toMatchObject({ at: "08:00", in_time: expect.any(Number) });
  expect(await json(...small, "--reserved", "30", "--threads", "2")).toEqual(plan);
});

test("validate: a list of values with their bars", async () => {
  const rows = await json("validate", "--quick");
  expect(rows.length).toBeGreaterThan(300);
  for (const row of rows)
    expect(row).toEqual({
      name: expect.any(String),
      exact: expect.any(Number),
      ours: expect.any(Number),
      tolerance: expect.any(Number),
      ok: expect.any(Boolean),
    });
  expect(rows[0]).toMatchObject({ name: "M/M/1 rho 0.9 P(W>0)", exact: 0.9, ok: true });
}, 240_000);

const errors = {
  mae: expect.any(Number),
  rmse: expect.any(Number),
  bias: expect.any(Number),
};
const scored = { ...errors, coverage80: expect.any(Number), width80: expect.any(Number) };

test("score --snapshots: one object, ours and each baseline", async () => {
  const log = file("snapshots.csv", snapshots());
  const score = await json("score", "--snapshots", log, "--test-from", "2020-01-09");
  expect(score).toMatchObject({ n: expect.any(Number), ours: scored });
  expect(score.n).toBeGreaterThan(50);
  const { n: _, ours, ...baselines } = score;
  for (const name of ["les", "ql_live", "ql_history", "product"])
    expect(Object.keys(baselines)).toContain(name);
  for (const baseline of Object.values(baselines))
    expect([errors, scored]).toContainEqual(baseline);
  expect(ours.mae).toBeLessThan(baselines.product.mae);
});

const warsaw = resolve(import.meta.dirname, "../../../shared/data/warsaw_offices_2020-01.csv.xz");
if (!existsSync(warsaw)) console.log(`skipped: real ward offices, as there is no ${warsaw}`);
test.skipIf(!existsSync(warsaw))(
  "score --snapshots: real ward offices within the bars",
  async () => {
    const { n, ours, product } = await json(
      "score",
      "--snapshots",
      warsaw,
      "--test-from",
      "2020-01-09",
    );
    expect(n).toBeGreaterThan(15_000);
    expect(ours.mae).toBeLessThanOrEqual(12);
    expect(ours.rmse).toBeLessThanOrEqual(22);
    expect(ours.coverage80).toBeGreaterThanOrEqual(0.77);
    expect(ours.coverage80).toBeLessThanOrEqual(0.83);
    expect(ours.width80).toBeLessThanOrEqual(32);
    expect(product.mae).toBeGreaterThan(ours.mae);
  },
);

test("calibrate --csv: a model that simulate takes, the record's range beside the twin", async () => {
  const csv = file("visits.csv", visits());
  const out = join(folder, "office.json");
  const args = ["calibrate", "--csv", csv, "--rounds", "5", "--out", out];
  const fit = await json(...args, "--threads", "1");
  expect(fit).toMatchObject({ office: "visits", fitted_days: 10, checked_days: 10 });
  expect(fit).toMatchObject({ is_cross_check: true, no_show_days: 10 });
  expect(fit.model.no_show).toBe(0.5); // one of two a day
  expect(fit.hours.map((hour: { at: string }) => hour.at)).toEqual(["09:00", "10:00", "11:00"]);
  expect(fit.hours[0]).toMatchObject({ recorded: 120, recorded_p50: 0.5, recorded_p90: 0.5 });
  expect(await json(...args, "--threads", "2")).toEqual(fit);
  expect(JSON.parse(readFileSync(out, "utf8"))).toEqual(fit.model);
  expect((await json("simulate", "--office", out, "--days", "50")).visitors).toBeGreaterThan(20);

  const split = await json("calibrate", "--csv", csv, "--test-from", "2026-11-08");
  expect(split).toMatchObject({ fitted_until: "2026-11-07", checked_from: "2026-11-08" });
  expect(split).toMatchObject({ is_cross_check: false, checked_days: 3 });
  expect((await twin("calibrate", "--csv", csv, "--rounds", "5")).out).toContain(
    "fitted on 10 days (2026-11-01 to 2026-11-10)",
  );
});

const noise = String.fromCharCode(...Array.from({ length: 3000 }, (_, i) => (i * 7919) % 256));
const bad: [string, string[], RegExp][] = [
  ["no command", [], /a command is needed/],
  ["an unknown command", ["dance"], /not expected: dance/],
  ["an unknown option", ["simulate", "--dance"], /not expected: --dance/],
  ["a number out of range", ["plan", "--share", "200"], /--share: .*not in range/],
  ["no call rule", ["simulate", "--rule", "loudest"], /no call rule loudest/],
  ["nothing to score", ["score"], /needs --snapshots/],
  ["no such log", ["score", "--snapshots", "/nowhere.csv", "--test-from", "2020-01-09"], /nowhere/],
  ["nothing to calibrate", ["calibrate"], /needs an office's database or --csv/],
  ["a database that is none", ["calibrate", file("db", noise)], /is no office's database/],
  ["tickets of no database", ["score", "--log", file("db", noise)], /is no office's database/],
  ["an office of noise", ["simulate", "--office", file("o.json", noise)], /is no JSON/],
  [
    "visits of noise",
    ["calibrate", "--csv", file("n.csv", noise)],
    /n\.csv: column day is missing/,
  ],
  [
    "a visit with a wrong time",
    ["calibrate", "--csv", file("w.csv", visits().replace("09:10:30", "09:1O:30"))],
    /w\.csv:6: called "09:1O:30" is no time of day/,
  ],
  [
    "a date that is none",
    ["calibrate", "--csv", file("v.csv", visits()), "--test-from", "tomorrow"],
    /--test-from/,
  ],
  ["one day alone", ["calibrate", "--csv", file("1.csv", visits(1))], /1 days with calls/],
  [
    "snapshots without a column",
    ["score", "--snapshots", file("s.csv", "office,queue\nX,1\n"), "--test-from", "2020-01-09"],
    /lacks a column; needed: office,queue,date/,
  ],
  [
    "a damaged archive",
    ["score", "--snapshots", file("s.csv.xz", noise), "--test-from", "2020-01-09"],
    /is no xz file, or is damaged/,
  ],
];
test.each(bad)("bad input: %s", async (_, args, says) => {
  const ended = await twin(...args);
  expect(ended.err).toMatch(says);
  expect(ended).toMatchObject({ code: usage, out: "" });
});
