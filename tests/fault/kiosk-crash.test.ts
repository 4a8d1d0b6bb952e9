// The kiosk is killed at random moments of its prints and started again on the same journal. A visitor looks at the paper
// and answers when the screen asks. Afterwards every number that the server gave is on paper, a second paper of a number
// carries the copy mark, and fragments are followed by the whole ticket.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readQr } from "../e2e/support/codes.ts";
import { Api } from "../integration/support/api.ts";
import { ended, type Running, Server, start } from "../integration/support/server.ts";
import { office } from "../integration/support/visit.ts";
import { allEvents, randomFrom } from "./load.ts";

const seed = Number(process.env.MATANAI_SEED ?? 20261122);
const kills = Number(process.env.MATANAI_KILLS ?? 60);
const random = randomFrom(seed);

interface Paper {
  readonly id: number;
  readonly rows: number;
  readonly number: string; // "" for a fragment
}

let server: Server;
let printer: Running;
let port: string;
let folder: string;
let kiosk: Running;
const papers: Paper[] = [];
const numbers = new Map<string, string>(); // by token

beforeAll(async () => {
  console.log(`seed ${seed} (MATANAI_SEED), ${kills} kills (MATANAI_KILLS)`);
  server = await Server.start(["--demo", "--public-url", "http://matanai.test", "--unlimited"]);
  const keep = ["--keep", "10000"];
  printer = await start("matanai-print", ["emulate", "--port=0", "--page-port=0", ...keep]);
  port = /printer ([0-9.]+:[0-9]+)/.exec(printer.output())?.[1] ?? "";
  folder = mkdtempSync(join(tmpdir(), "matanai-kiosk-"));
});
afterAll(async () => {
  for (const running of [kiosk, printer]) {
    running?.process.kill("SIGTERM");
    if (running) await ended(running.process);
  }
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function turnOn(): Promise<void> {
  kiosk = await start("matanai-kiosk", [
    ...["--data", folder, "--port", "0", "--office", office, "--server", server.url],
    ...["--device-key", server.deviceKey(`${office}-kiosk-1`), "--printer", `tcp:${port}`],
  ]);
}

// The kiosk knows its office: now it gives numbers.
async function linked(): Promise<void> {
  while ((await fetch(`${kiosk.url}/readyz`)).status !== 200) await pause(5);
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function json(url: string) {
  return (await (await fetch(url)).json()) as any;
}

function post(path: string, body: unknown, key: string): Promise<Response> {
  return fetch(kiosk.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": key },
    body: JSON.stringify(body),
  });
}

async function numberOn(png: Buffer): Promise<string> {
  const token = readQr(png).split("/").at(-1) ?? "";
  if (!token) return "";
  const known = numbers.get(token);
  if (known) return known;
  const { number } = await json(`${server.url}/api/v1/tickets/${token}`);
  numbers.set(token, number);
  return number;
}

// Takes what has been cut since the last look.
async function takePapers(): Promise<void> {
  const list = (await json(`${printer.url}/papers`)).papers as { id: number; rows: number }[];
  const last = papers.at(-1)?.id ?? 0;
  for (const { id, rows } of list.filter((paper) => paper.id > last).toReversed()) {
    const picture = await fetch(`${printer.url}/papers/${id}.png`);
    papers.push({ id, rows, number: await numberOn(Buffer.from(await picture.arrayBuffer())) });
  }
}

// The visitor before the screen: yes when the paper is there, else no.
async function answerQuestion(): Promise<boolean> {
  const { question } = await json(`${kiosk.url}/api/state`);
  if (!question) return false;
  await takePapers();
  const came_out = papers.some((paper) => paper.number === question.number);
  const answer = { message_id: question.message_id, came_out };
  const { status } = await post("/api/print-answer", answer, crypto.randomUUID());
  expect([204, 404]).toContain(status);
  return true;
}

// Of the server's events: every number that was given.
async function given(): Promise<string[]> {
  const clerk = await Api.clerk(server, office);
  const events = await allEvents(clerk);
  return events.filter(({ kind }) => kind === "issued").map(({ number }) => number as string);
}

function rowsOfJournal(sql: string): Record<string, unknown>[] {
  const file = new DatabaseSync(join(folder, "kiosk.sqlite3"), { readOnly: true });
  try {
    return file.prepare(sql).all();
  } finally {
    file.close();
  }
}

test(`killed ${kills} times while printing: nothing lost, nothing twice without the mark`, async () => {
  let asked = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    await turnOn();
    await linked();
    if (await answerQuestion()) asked += 1;
    const pressed = post(
      "/api/walk-in",
      { service: "seal", locale: "ja" },
      `press-${seed}-${kill}`,
    );
    pressed.catch(() => {});
    // Not a wait for anything: the moment of the kill. A print takes about so long, restarts included.
    await pause(random() * 40);
    kiosk.process.kill("SIGKILL");
    await ended(kiosk.process);
  }
  await turnOn();
  const open =
    "SELECT 1 FROM ticket_request WHERE state IN ('requested','issued','printing','print_failed','print_unknown')";
  while (rowsOfJournal(open).length > 0) {
    if (await answerQuestion()) asked += 1;
    else await pause(50);
  }
  await takePapers();
  const issued = await given();
  const whole = papers.filter(({ number }) => number !== "");
  const fragments = papers.length - whole.length;
  const states = rowsOfJournal(
    "SELECT is_copy, state, count(*) AS jobs FROM print_job GROUP BY 1, 2",
  );
  console.log(
    `${issued.length} numbers, ${papers.length} papers, ${fragments} fragments, ${asked} questions`,
  );
  console.log(
    `print jobs: ${states.map((row) => `${row.jobs} ${row.state}${row.is_copy ? " copy" : ""}`).join(", ")}`,
  );

  const printed = new Set(whole.map(({ number }) => number));
  for (const number of issued.filter((one) => !printed.has(one))) {
    const jobs = `SELECT r.state AS request, j.state, j.is_copy FROM ticket_request r LEFT JOIN print_job j
      USING (message_id) WHERE r.number = '${number}' ORDER BY j.attempt`;
    console.log(`${number} is not on paper: ${JSON.stringify(rowsOfJournal(jobs))}`);
  }
  // Nothing lost.
  expect(issued.length).toBeGreaterThan(kills / 2);
  expect(asked, "kills in the middle of a print").toBeGreaterThan(0);
  expect([...printed].toSorted()).toEqual(issued.toSorted());
  // A second paper carries the mark, which makes it longer than every unmarked one.
  const firsts = new Map<string, Paper>();
  const seconds: Paper[] = [];
  for (const paper of whole) {
    if (firsts.has(paper.number)) seconds.push(paper);
    else firsts.set(paper.number, paper);
  }
  const unmarked = Math.min(...whole.map(({ rows }) => rows));
  for (const paper of seconds) expect(paper.rows, paper.number).toBeGreaterThan(unmarked);
  // A fragment is followed by a whole ticket.
  expect(papers.at(-1)?.number).not.toBe("");
}, 300_000);
