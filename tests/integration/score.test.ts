// A real day by HTTP, then matanai-twin score on its database: the figures are those of what people were told and when they
// were called.
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Api } from "./support/api.ts";
import { runProgram } from "./support/run.ts";
import { Server } from "./support/server.ts";
import { bookSoonest, moveClockTo, office, press, pullTicket } from "./support/visit.ts";

interface Range {
  low_minutes: number;
  high_minutes: number;
  at_latest: string;
}
interface Ticket {
  number: string;
  token: string;
  people_ahead: number;
  issued_at: string;
  estimate?: Range;
}
interface Case {
  told: Range;
  issued: number;
  called: number;
  ahead: number;
}
interface Accuracy {
  mae: number;
  rmse: number;
  bias: number;
  coverage80?: number;
  width80?: number;
}

const step = 5; // minutes
const arrivals = [3, 1, 1, 0, 1, 1, 0, 2, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0, 1];
const services = [2, 1, 3, 1, 1, 2]; // steps, in turn
const steps = 34;

let server: Server;
let citizen: Api;
let kiosk: Api;
let clerk: Api;
beforeAll(async () => {
  server = await Server.start(["--quiet"]);
  citizen = new Api(server);
  const { days } = await citizen.ok(
    citizen.get(`/api/v1/offices/${office}/services/move_out/days`),
  );
  const open = days.filter((day: { state: string }) => day.state !== "closed");
  await moveClockTo(citizen, `${open[1].date}T09:00:00+09:00`);
  kiosk = Api.device(server, `${office}-kiosk-1`);
  clerk = await Api.clerk(server, office);
});
afterAll(() => server.close());

const minutes = (from: number, until: number) => (until - from) / 60_000;
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function accuracyOf(cases: Case[], told: (one: Case) => number): Accuracy {
  const errors = cases.map((one) => told(one) - minutes(one.issued, one.called));
  return {
    mae: mean(errors.map(Math.abs)),
    rmse: Math.sqrt(mean(errors.map((error) => error * error))),
    bias: mean(errors),
  };
}

// One window, one line; what its people were told and what became of it.
class Day {
  readonly tickets: Ticket[] = [];
  readonly called = new Map<string, number>();
  readonly served: { from: number; until: number }[] = [];
  private started = 0;
  private left = 0; // steps of the service that is under way
  private probe = "";

  // Somebody whom a free window never calls is told "at the latest now" by each look.
  async open() {
    await clerk.ok(press(clerk, 1, "open"));
    await clerk.ok(press(clerk, 8, "open"));
    this.probe = (await kiosk.ok(pullTicket(kiosk, "cert"))).token;
    await this.wait();
  }
  private async now(): Promise<number> {
    return Date.parse((await citizen.ok(citizen.get("/api/v1/clock"))).now);
  }
  // Time passes, and the office has been looked at since.
  async wait() {
    await citizen.ok(citizen.call("POST", "/api/v1/clock", { by_ms: step * 60_000 }));
    const now = await this.now();
    await expect
      .poll(async () => {
        const { estimate } = await citizen.ok(citizen.get(`/api/v1/tickets/${this.probe}`));
        return Date.parse(estimate?.at_latest ?? 0);
      })
      .toBeGreaterThanOrEqual(now);
  }
  async arrive(ticket: Promise<Ticket>) {
    this.tickets.push(await ticket);
  }
  async work() {
    if (this.left > 0 && --this.left === 0) {
      await clerk.ok(press(clerk, 1, "finish"));
      this.served.push({ from: this.started, until: await this.now() });
    }
    if (this.left > 0) return;
    const next = await press(clerk, 1, "next");
    if (next.status === 409 && next.body.code === "nobody_waiting") return;
    const { ticket } = await clerk.ok(Promise.resolve(next));
    this.called.set(ticket.number, Date.parse(ticket.first_called_at));
    const state = await clerk.ok(press(clerk, 1, "start"));
    this.started = Date.parse(state.ticket.started_at);
    this.left = services[(this.called.size - 1) % services.length] ?? 1;
  }

  cases(): Case[] {
    return this.tickets.flatMap((ticket) => {
      const called = this.called.get(ticket.number);
      if (!ticket.estimate || called === undefined) return [];
      const issued = Date.parse(ticket.issued_at);
      return [{ told: ticket.estimate, issued, called, ahead: ticket.people_ahead }];
    });
  }
  // The wait of whoever was called last before that moment.
  lastWait(before: number): number {
    const calls = this.tickets
      .map((ticket) => ({ ticket, at: this.called.get(ticket.number) ?? Infinity }))
      .filter(({ at }) => at <= before)
      .sort((a, b) => b.at - a.at);
    return calls[0] ? minutes(Date.parse(calls[0].ticket.issued_at), calls[0].at) : 0;
  }
  meanService(before: number): number {
    const known = this.served.filter(({ until }) => until <= before);
    return known.length > 0 ? mean(known.map(({ from, until }) => minutes(from, until))) : 10;
  }
}

const scored = (...more: string[]) =>
  runProgram("matanai-twin", "score", "--log", join(server.data, "matanai.db"), ...more);

test("the score of a day's promises is that of what was told and what happened", async () => {
  const booked = await bookSoonest(citizen, "move_out");
  let isCheckedIn = false;
  const day = new Day();
  await day.open();
  for (let at = 0; at < steps; ++at) {
    for (let i = 0; i < (arrivals[at] ?? 0); ++i)
      await day.arrive(kiosk.ok(pullTicket(kiosk, "move_out")));
    const { now } = await citizen.ok(citizen.get("/api/v1/clock"));
    if (!isCheckedIn && Date.parse(now) >= Date.parse(booked.start) - 10 * 60_000) {
      isCheckedIn = true;
      const body = { issuer: "test", message_id: "check-in", code: booked.code };
      await day.arrive(kiosk.ok(kiosk.post(`/api/v1/offices/${office}/check-ins`, body)));
    }
    await day.work();
    await day.wait();
  }
  expect(isCheckedIn).toBe(true);
  expect(day.tickets.filter((ticket) => !ticket.estimate)).toEqual([]);
  const cases = day.cases();
  expect(cases.length).toBeGreaterThan(12);
  await kiosk.ok(pullTicket(kiosk, "move_out")); // told, and not called

  const { code, out, err } = await scored("--json");
  expect(err).toBe("");
  expect(code).toBe(0);
  const score = JSON.parse(out) as { n: number } & Record<string, Accuracy>;
  expect(Object.keys(score).sort()).toEqual(["les", "n", "ours", "printed", "product", "ql"]);
  expect(score.n).toBe(cases.length);

  const close = (ours: Accuracy | undefined, truth: Accuracy) => {
    for (const key of ["mae", "rmse", "bias"] as const)
      expect(ours?.[key], key).toBeCloseTo(truth[key], 2);
  };
  const { printed, ours } = score;
  close(
    printed,
    accuracyOf(cases, ({ told }) => (told.low_minutes + told.high_minutes) / 2),
  );
  close(
    score.les,
    accuracyOf(cases, ({ issued }) => day.lastWait(issued)),
  );
  close(
    score.product,
    accuracyOf(cases, ({ issued, ahead }) => (ahead + 1) * day.meanService(issued)),
  );
  const held = cases.filter(({ told, issued, called }) => {
    const wait = minutes(issued, called);
    return told.low_minutes <= wait && wait <= told.high_minutes;
  });
  expect(printed?.coverage80).toBeCloseTo(held.length / cases.length, 6);
  expect(printed?.width80).toBeCloseTo(
    mean(cases.map(({ told }) => told.high_minutes - told.low_minutes)),
    6,
  );
  // What is printed is our range, rounded outward.
  expect(ours?.width80).toBeLessThanOrEqual(printed?.width80 ?? 0);
  expect(ours?.width80).toBeGreaterThan(0);
  expect(ours?.coverage80).toBeLessThanOrEqual(printed?.coverage80 ?? 0);
  const half = (printed?.width80 ?? 0) / 2;
  expect(Math.abs((ours?.bias ?? 0) - (printed?.bias ?? 0))).toBeLessThanOrEqual(half);
  expect(ours?.mae).toBeLessThanOrEqual(ours?.rmse ?? 0);
  for (const name of ["les", "product", "ql"]) expect(score[name]).not.toHaveProperty("width80");

  // Too few for shares; n is told.
  const record = await clerk.ok(clerk.get(`/api/v1/offices/${office}/promises`));
  expect(record.told).toBe(cases.length);
  expect(record).not.toHaveProperty("in_range");

  const table = await scored();
  expect(table.out).toContain(`${cases.length} told and called: too few`);
  expect(table.out).toContain(`${cases.length} tickets were told a wait and called`);
  expect(table.out).toContain((printed?.mae ?? 0).toFixed(2));
});

test("a file that is no office's database is refused by name", async () => {
  const file = join(server.data, "demo-clock");
  const { code, err } = await runProgram("matanai-twin", "score", "--log", file);
  expect(code).not.toBe(0);
  expect(err).toContain(`${file} is no office's database`);
});
