// The server is killed, or told to stop, in the middle of bookings, tickets and calls by many clients. Whatever it had
// acknowledged must be there afterwards, nothing twice; what it had not acknowledged may be there or not, and a repeat with
// the same key settles it.

import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ended, Server } from "../integration/support/server.ts";
import { office } from "../integration/support/visit.ts";
import {
  allEvents,
  bookedService,
  type Event,
  freeSlots,
  isDone,
  type Kind,
  Load,
  type People,
  randomFrom,
  type Sent,
  type Slot,
} from "./load.ts";

const seed = Number(process.env.MATANAI_SEED ?? 20261122);
const cycles = 8;
const random = randomFrom(seed);

let server: Server;
let people: People;
let slots: Slot[];
const everything: Sent[] = [];

beforeAll(async () => {
  console.log(`seed ${seed} (MATANAI_SEED)`);
  server = await Server.start(["--public-url", "http://matanai.test", "--unlimited", "--quiet"]);
  people = await Load.people(server);
  slots = await freeSlots(people.citizen);
});
afterAll(() => server.close());

const doneOf = (sent: Sent[], kind: Kind) => sent.filter((one) => one.kind === kind && isDone(one));
const numbersOf = (events: Event[], kind: string) =>
  events.filter((event) => event.kind === kind).map((event) => event.number as string);
const callsOf = (sent: Sent[]) =>
  doneOf(sent, "next").map(({ answer }) => ({
    number: answer?.body.ticket.number as string,
    window: answer?.body.window as string,
  }));

function expectNothingTwice(numbers: string[]): void {
  expect(numbers.length).toBe(new Set(numbers).size);
}

// What was acknowledged is a part of what is stored; the rest was at least asked for.
async function expectKept(acknowledged: Sent[], sent: Sent[]): Promise<void> {
  const events = await allEvents(people.clerk);
  const issued = numbersOf(events, "issued");
  const called = numbersOf(events, "called");
  expectNothingTwice(issued);
  expectNothingTwice(called);
  const tickets = doneOf(acknowledged, "ticket");
  expect(issued).toEqual(expect.arrayContaining(tickets.map(({ answer }) => answer?.body.number)));
  const at = new Map(
    events.filter(({ kind }) => kind === "called").map((event) => [event.number, event.window]),
  );
  const calls = callsOf(acknowledged);
  for (const call of calls) expect(at.get(call.number), call.number).toBe(call.window);
  const unanswered = (kind: Kind) => sent.filter((one) => one.kind === kind && !isDone(one)).length;
  expect(issued.length - tickets.length).toBeLessThanOrEqual(unanswered("ticket"));
  expect(called.length - calls.length).toBeLessThanOrEqual(unanswered("next"));
  for (const { answer } of doneOf(acknowledged, "book")) {
    const shown = await people.citizen.call("POST", "/api/v1/reservations/show", {
      secret: answer?.body.secret,
    });
    expect(shown.status).toBe(200);
    expect(shown.body.code).toBe(answer?.body.code);
    expect(shown.body.state).toBe("booked");
  }
}

// After the repeats every request has an answer, so the counts must be exact.
async function expectExact(): Promise<void> {
  const events = await allEvents(people.clerk);
  const issued = numbersOf(events, "issued");
  const given = doneOf(everything, "ticket").map(({ answer }) => answer?.body.number as string);
  expect(issued.toSorted()).toEqual(given.toSorted());
  for (const letter of new Set(given.map((number) => number.slice(0, 1)))) {
    const series = given
      .filter((number) => number.startsWith(letter))
      .map((n) => Number(n.slice(1)));
    expect(series.toSorted((a, b) => a - b)).toEqual(series.map((_, i) => i + 1));
  }
  const calls = callsOf(everything).map(({ number }) => number);
  expect(numbersOf(events, "called").toSorted()).toEqual(calls.toSorted());
  await expectPlaces();
}

async function expectPlaces(): Promise<void> {
  const held = new Map<string, number>();
  for (const { body } of doneOf(everything, "hold")) {
    const slot = `${body.date} ${body.time}`;
    held.set(slot, (held.get(slot) ?? 0) + 1);
  }
  for (const date of new Set(slots.map((slot) => slot.date))) {
    const path = `/api/v1/offices/${office}/services/${bookedService}/times?date=${date}`;
    const { times } = await people.citizen.ok(people.citizen.get(path));
    const now = new Map((times as Slot[]).map((slot) => [slot.time, slot.free]));
    for (const slot of slots.filter((one) => one.date === date)) {
      const taken = held.get(`${date} ${slot.time}`) ?? 0;
      expect(now.get(slot.time), `${date} ${slot.time}`).toBe(slot.free - taken);
    }
  }
}

async function loadUntil(count: number, name: string, fault: () => void): Promise<Load> {
  const load = new Load(people, slots, random, name);
  await load.run(count, fault);
  everything.push(...load.sent);
  return load;
}

async function expectAllKept(load: Load): Promise<void> {
  const acknowledged = everything.filter(isDone);
  const ofThisLoad = load.sent.filter(isDone);
  const firstAnswers = new Map(ofThisLoad.map((sent) => [sent.key, sent.answer]));
  await expectKept(acknowledged, everything);
  await load.settle();
  for (const sent of load.sent.filter(isDone)) {
    const again = await load.post(sent);
    const first = firstAnswers.get(sent.key) ?? sent.answer;
    expect(again.status).toBe(first?.status);
    expect(again.body).toEqual(first?.body);
  }
  await expectExact();
}

test(`killed ${cycles} times under load: what was acknowledged is there, nothing twice`, async () => {
  const lines: string[] = [];
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const count = 30 + Math.floor(random() * 150);
    const load = await loadUntil(count, `kill-${seed}-${cycle}`, () => {
      server.process.kill("SIGKILL");
    });
    expect(await ended(server.process)).toBe(null);
    const acknowledged = load.sent.filter(isDone).length;
    const open = load.sent.filter((sent) => !sent.answer).length;
    expect(acknowledged).toBeGreaterThanOrEqual(count);
    lines.push(`${acknowledged}+${open}`);
    await server.restart();
    await expectAllKept(load);
  }
  console.log(`acknowledged + unanswered at each kill: ${lines.join(", ")}`);
  for (const kind of ["hold", "book", "ticket", "next"] as const) {
    expect(doneOf(everything, kind).length, kind).toBeGreaterThan(cycles);
  }
}, 60_000);

test("told to stop under load: it ends well within 10 s and what was acknowledged is there", async () => {
  let toldAt = 0;
  const load = await loadUntil(120, `term-${seed}`, () => {
    toldAt = performance.now();
    server.process.kill("SIGTERM");
  });
  expect(await ended(server.process)).toBe(0);
  expect(performance.now() - toldAt).toBeLessThan(10_000);
  await server.restart();
  await expectAllKept(load);
}, 60_000);

test("after all that the file is sound", async () => {
  expect(await server.stop()).toBe(0);
  const file = new DatabaseSync(join(server.data, "matanai.db"));
  try {
    expect(file.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
    expect(file.prepare("PRAGMA foreign_key_check").all()).toEqual([]);
  } finally {
    file.close();
  }
});
