// 200 connections race for exactly 100 places: 10,000 attempts to hold and book over HTTP.
//   node tests/bench/booking_http.mjs [--url http://127.0.0.1:8080] [--service move_in] [--connections 200]
//        [--attempts 10000] [--places 100]
// Without --url it starts a server of its own; another one must run with its rate limits off. Prints JSON lines; exits 1
// when a place was sold twice, stayed unsold, or an answer was neither 201 nor 409 slot_full.
import http from "node:http";
import { parseArgs } from "node:util";
import {
  call as callServer,
  judge,
  office,
  print,
  quantile,
  startServer,
} from "./support/server.mjs";

const { values: given } = parseArgs({
  options: {
    url: { type: "string" },
    service: { type: "string", default: "move_in" },
    connections: { type: "string", default: "200" },
    attempts: { type: "string", default: "10000" },
    places: { type: "string", default: "100" },
  },
});
const server = given.url ? undefined : await startServer();
const url = given.url ?? server.url;
const connections = Number(given.connections);
const attempts = Number(given.attempts);
const places = Number(given.places);
const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
const call = (method, path, body) => callServer(url, agent, method, path, { body });

const path = `/api/v1/offices/${office}/services/${given.service}`;
const timesOf = async (date) => (await call("GET", `${path}/times?date=${date}`)).body.times;
const hold = (time) =>
  call("POST", "/api/v1/holds", {
    office,
    service: given.service,
    date: time.date,
    time: time.time,
  });

// Times that do not overlap and have exactly `places` free together; what is too much of the last one is held before.
async function chooseTimes() {
  const { days } = (await call("GET", `${path}/days?days=62`)).body;
  const chosen = [];
  let found = 0;
  for (const day of days.filter(({ state }) => state === "many" || state === "few")) {
    for (const time of await timesOf(day.date)) {
      const overlaps = chosen.some(({ start, end }) => time.start < end && start < time.end);
      if (time.free === 0 || overlaps || found >= places) continue;
      chosen.push(time);
      found += time.free;
    }
  }
  if (found < places) throw new Error(`only ${found} free places`);
  for (; found > places; found -= 1) {
    const { status } = await hold(chosen.at(-1));
    if (status !== 201) throw new Error(`the spare place was not held: ${status}`);
  }
  return chosen;
}

const times = await chooseTimes();
const counts = { booked: 0, full: 0, other: 0 };
const others = new Map();
const milliseconds = [];
let started = 0;

function note(kind, answer) {
  counts[kind] += 1;
  if (kind !== "other") return;
  const what = `${answer.status} ${answer.body?.code ?? ""}`;
  others.set(what, (others.get(what) ?? 0) + 1);
}

async function attempt(number) {
  const begin = performance.now();
  const held = await hold(times[(number * 7919) % times.length]);
  milliseconds.push(performance.now() - begin);
  if (held.status === 409 && held.body.code === "slot_full") return note("full", held);
  if (held.status !== 201) return note("other", held);
  const booked = await call("POST", "/api/v1/reservations", { hold: held.body.hold, locale: "ja" });
  note(booked.status === 201 ? "booked" : "other", booked);
}

async function client() {
  while (started < attempts) {
    const number = started;
    started += 1;
    await attempt(number);
  }
}

const begin = performance.now();
await Promise.all(Array.from({ length: connections }, client));
const seconds = (performance.now() - begin) / 1000;

let left = 0;
for (const date of new Set(times.map((time) => time.date))) {
  const now = new Map((await timesOf(date)).map((time) => [time.start, time.free]));
  for (const time of times.filter((chosen) => chosen.date === date))
    left += now.get(time.start) ?? 0;
}
agent.destroy();

await server?.stop();

const how = `${attempts} attempts by ${connections} connections on ${places} places`;
const refused = attempts - places;
judge("booking_booked", counts.booked, "bookings", places, how, "exactly");
judge("booking_refused_slot_full", counts.full, "answers", refused, how, "exactly");
judge("booking_unexpected_answers", counts.other, "answers", 0, "neither 201 nor 409 slot_full");
judge("booking_places_left", left, "places", 0, how, "exactly");
print(
  "booking_attempts_per_second",
  attempts / seconds,
  "1/s",
  "a client in Node shares the machine",
);
print("booking_hold_p50", quantile(milliseconds, 0.5), "ms", `${connections} at once`);
print("booking_hold_p99", quantile(milliseconds, 0.99), "ms", `${connections} at once`);
for (const [what, count] of others) console.error(`unexpected: ${what} × ${count}`);
const isExact = counts.booked === places && counts.full === refused && left === 0;
process.exitCode = isExact ? 0 : 1;
