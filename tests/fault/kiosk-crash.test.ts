// The kiosk is killed at random moments of its prints and started again on the same journal. A visitor looks at the paper
// and answers when the screen asks. Afterwards every number that the server gave is on paper, a second paper of a number
// carries the copy mark, and fragments are followed by the whole ticket. Several offices at once, each with a kiosk.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readQr } from "../e2e/support/codes.ts";
import { Api } from "../integration/support/api.ts";
import { ended, type Running, Server, start } from "../integration/support/server.ts";
import { allEvents, randomFrom } from "./load.ts";

const seed = Number(process.env.MATANAI_SEED ?? 20261122);
const kills = Number(process.env.MATANAI_KILLS ?? 200); // of all offices together
const offices = ["kokurakita", "kokuraminami", "moji", "wakamatsu"];

interface Paper {
  readonly id: number;
  readonly rows: number;
  readonly number: string; // "" for a fragment
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function json(url: string) {
  return (await (await fetch(url)).json()) as any;
}

// One office's kiosk with its printer, and the visitor before it.
class Place {
  asked = 0;
  readonly papers: Paper[] = [];
  private readonly numbers = new Map<string, string>(); // by token
  private readonly folder = mkdtempSync(join(tmpdir(), "matanai-kiosk-"));
  private printer!: Running;
  private kiosk!: Running;
  private port = "";

  readonly office: string;
  private readonly server: Server;
  constructor(office: string, server: Server) {
    this.office = office;
    this.server = server;
  }

  async open(): Promise<void> {
    // A ticket takes a tenth of a second, on a quick machine as on a slow one.
    const paper = ["--keep", "10000", "--speed", "1000", "--buffer", "4096"];
    this.printer = await start("matanai-print", ["emulate", "--port=0", "--page-port=0", ...paper]);
    this.port = /printer ([0-9.]+:[0-9]+)/.exec(this.printer.output())?.[1] ?? "";
  }
  async close(): Promise<void> {
    for (const running of [this.kiosk, this.printer]) {
      running?.process.kill("SIGTERM");
      if (running) await ended(running.process);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  async turnOn(): Promise<void> {
    const key = this.server.deviceKey(`${this.office}-kiosk-1`);
    this.kiosk = await start("matanai-kiosk", [
      ...["--data", this.folder, "--port", "0", "--office", this.office],
      ...["--server", this.server.url, "--device-key", key, "--printer", `tcp:${this.port}`],
    ]);
  }
  async kill(): Promise<void> {
    this.kiosk.process.kill("SIGKILL");
    await ended(this.kiosk.process);
  }
  // The kiosk knows its office: now it gives numbers.
  async linked(): Promise<void> {
    while ((await fetch(`${this.kiosk.url}/readyz`)).status !== 200) await pause(10);
  }
  press(key: string): void {
    const wish = { service: "seal", locale: "ja" };
    // The kiosk may be killed before it answers.
    this.post("/api/walk-in", wish, key).catch(() => {});
  }

  // The visitor before the screen: yes when the paper is there, else no.
  async answerQuestion(): Promise<boolean> {
    const { question } = await json(`${this.kiosk.url}/api/state`);
    if (!question) return false;
    await this.takePapers();
    const came_out = this.papers.some((paper) => paper.number === question.number);
    const answer = { message_id: question.message_id, came_out };
    const { status } = await this.post("/api/print-answer", answer, crypto.randomUUID());
    expect([204, 404]).toContain(status);
    this.asked += 1;
    return true;
  }

  // Takes what has been cut since the last look.
  async takePapers(): Promise<void> {
    const list = (await json(`${this.printer.url}/papers`)).papers as Omit<Paper, "number">[];
    const last = this.papers.at(-1)?.id ?? 0;
    for (const { id, rows } of list.filter((paper) => paper.id > last).toReversed()) {
      const picture = await fetch(`${this.printer.url}/papers/${id}.png`);
      const number = await this.numberOn(Buffer.from(await picture.arrayBuffer()));
      this.papers.push({ id, rows, number });
    }
  }

  // Of the server's events: every number that was given.
  async given(): Promise<string[]> {
    const clerk = await Api.clerk(this.server, this.office);
    const events = await allEvents(clerk, this.office);
    return events.filter(({ kind }) => kind === "issued").map(({ number }) => number as string);
  }

  rowsOfJournal(sql: string): Record<string, unknown>[] {
    const file = new DatabaseSync(join(this.folder, "kiosk.sqlite3"), { readOnly: true });
    try {
      return file.prepare(sql).all();
    } finally {
      file.close();
    }
  }

  private post(path: string, body: unknown, key: string): Promise<Response> {
    return fetch(this.kiosk.url + path, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(body),
    });
  }
  private async numberOn(png: Buffer): Promise<string> {
    const token = readQr(png).split("/").at(-1) ?? "";
    if (!token) return "";
    const known = this.numbers.get(token);
    if (known) return known;
    const { number } = await json(`${this.server.url}/api/v1/tickets/${token}`);
    this.numbers.set(token, number);
    return number;
  }
}

let server: Server;
const places: Place[] = [];

beforeAll(async () => {
  console.log(`seed ${seed} (MATANAI_SEED), ${kills} kills (MATANAI_KILLS)`);
  server = await Server.start(["--demo", "--public-url", "http://matanai.test", "--unlimited"]);
  for (const office of offices) places.push(new Place(office, server));
  await Promise.all(places.map((place) => place.open()));
});
afterAll(async () => {
  await Promise.all(places.map((place) => place.close()));
  await server.close();
});

async function killWhilePrinting(place: Place, times: number, random: () => number): Promise<void> {
  for (let kill = 0; kill < times; kill += 1) {
    await place.turnOn();
    await place.linked();
    await place.answerQuestion();
    place.press(`press-${seed}-${kill}`);
    // Not a wait for anything: the moment of the kill. A print takes about so long.
    await pause(random() * 150);
    await place.kill();
  }
  await place.turnOn();
  const open =
    "SELECT 1 FROM ticket_request WHERE state IN ('requested','issued','printing','print_failed','print_unknown')";
  while (place.rowsOfJournal(open).length > 0) {
    if (!(await place.answerQuestion())) await pause(50);
  }
  await place.takePapers();
}

function tell(place: Place, issued: string[], whole: Paper[]): void {
  const fragments = place.papers.length - whole.length;
  console.log(
    `${place.office}: ${issued.length} numbers, ${place.papers.length} papers, ${fragments} fragments, ${place.asked} questions`,
  );
  const states = place.rowsOfJournal(
    "SELECT is_copy, state, count(*) AS jobs FROM print_job GROUP BY 1, 2",
  );
  console.log(
    `print jobs: ${states.map((row) => `${row.jobs} ${row.state}${row.is_copy ? " copy" : ""}`).join(", ")}`,
  );
  for (const number of issued.filter((one) => !whole.some((paper) => paper.number === one))) {
    const jobs = `SELECT r.state AS request, j.state, j.is_copy FROM ticket_request r LEFT JOIN print_job j
      USING (message_id) WHERE r.number = '${number}' ORDER BY j.attempt`;
    console.log(`${number} is not on paper: ${JSON.stringify(place.rowsOfJournal(jobs))}`);
  }
}

async function check(place: Place, times: number): Promise<void> {
  const issued = await place.given();
  const whole = place.papers.filter(({ number }) => number !== "");
  tell(place, issued, whole);
  // Nothing lost.
  expect(issued.length).toBeGreaterThan(times / 10);
  expect(place.asked, "kills in the middle of a print").toBeGreaterThan(times / 10);
  const printed = new Set(whole.map(({ number }) => number));
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
  expect(place.papers.at(-1)?.number).not.toBe("");
}

test(`killed ${kills} times while printing: nothing lost, nothing twice without the mark`, async () => {
  const random = randomFrom(seed);
  const times = Math.ceil(kills / places.length);
  await Promise.all(places.map((place) => killWhilePrinting(place, times, random)));
  const results = await Promise.allSettled(places.map((place) => check(place, times)));
  for (const result of results) if (result.status === "rejected") throw result.reason;
}, 400_000);
