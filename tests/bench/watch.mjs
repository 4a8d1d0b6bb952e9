// A clerk calls while 200 hall displays follow and 2,000 phones ask for their ticket: how long until the number stands on
// every display, and what the watchers cost in memory. One machine for all of them.
import { open } from "node:fs/promises";
import http from "node:http";
import { WebSocket } from "ws";
import { call, judge, office, print, quantile, signIn, startServer } from "./support/server.mjs";

const displays = 200;
const phones = 2000;
const presses = 200;
const asksEveryMs = [10_000, 15_000];
const gapMs = 60; // at most, between two presses

const server = await startServer();
const idle = server.memory();
judge("server_memory_idle", idle / 1024, "MB", 60, "resident, with the seed");

const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
const ask = (method, path, options) => call(server.url, agent, method, path, options);
const kiosk = { authorization: `Device ${server.deviceKey(`${office}-kiosk-1`)}` };
const clerk = { cookie: await signIn(server, agent) };

const tickets = [];
for (let i = 0; i < presses; i += 1) {
  const body = { issuer: "bench", message_id: `watch-${i}`, service: "move_in" };
  const path = `/api/v1/offices/${office}/tickets`;
  const answer = await ask("POST", path, { body, headers: kiosk });
  if (answer.status !== 201) throw new Error(`ticket: ${answer.status}`);
  tickets.push(answer.body);
}
const window = `/api/v1/offices/${office}/windows/1/commands`;
const press = async (command, more = {}) => {
  const answer = await ask("POST", window, { body: { command, ...more }, headers: clerk });
  if (answer.status !== 200) throw new Error(`${command}: ${answer.status} ${answer.body.code}`);
};
await press("open", { groups: ["A"] });

// Each phone has a connection of its own that it keeps.
let answers = 0;
let isOver = false;
const timers = new Set();
function addPhone(number) {
  const own = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const path = `/api/v1/tickets/${tickets[number % tickets.length].token}`;
  let etag;
  return async () => {
    if (isOver) return;
    const headers = etag ? { "if-none-match": etag } : {};
    const answer = await call(server.url, own, "GET", path, { headers });
    if (answer.status !== 200 && answer.status !== 304) throw new Error(`phone: ${answer.status}`);
    etag = answer.headers.etag;
    answers += 1;
  };
}
const later = (work, ms) => {
  const timer = setTimeout(async () => {
    timers.delete(timer);
    await work();
  }, ms);
  timers.add(timer);
};
const between = ([low, high]) => low + Math.random() * (high - low);
const keepAsking = async (once) => {
  await once();
  if (!isOver) later(() => keepAsking(once), between(asksEveryMs));
};

const before = server.memory();
const asking = Array.from({ length: phones }, (_, i) => addPhone(i));
for (let i = 0; i < phones; i += 50) await Promise.all(asking.slice(i, i + 50).map((one) => one()));
const withPhones = server.memory();
const cost = (withPhones - before) / phones;
judge("memory_per_phone", cost, "kB", 20, `${phones} kept connections, resident`);

// What a display waits for: the frame with this call.
let wanted = "";
let missing = 0;
let pressedAt = 0;
let seen = () => {};
const times = [];
const key = { authorization: `Device ${server.deviceKey(`${office}-hall-1`)}` };
const sockets = [];
for (let i = 0; i < displays; i += 1) {
  const url = `${server.url.replace("http", "ws")}/api/v1/offices/${office}/board/live`;
  const socket = new WebSocket(url, { headers: key, perMessageDeflate: false });
  let has = "";
  socket.on("message", (frame) => {
    if (has === wanted || !frame.includes(wanted)) return;
    has = wanted;
    times.push(performance.now() - pressedAt);
    missing -= 1;
    if (missing === 0) seen();
  });
  await new Promise((open, failed) => socket.once("message", open).once("error", failed));
  sockets.push(socket);
}
const perDisplay = (server.memory() - withPhones) / displays;
judge("memory_per_display", perDisplay, "kB", 20, `${displays} sockets, resident`);

for (const once of asking) later(() => keepAsking(once), Math.random() * asksEveryMs[1]);
// What the disk itself takes, between the presses: no call can be faster than that.
const probe = await open("build/bench/probe", "w");
const syncs = [];
async function probeDisk() {
  const from = performance.now();
  await probe.write("x".repeat(4096), 0);
  await probe.datasync();
  syncs.push(performance.now() - from);
}

const began = performance.now();
const answersBefore = answers;
for (const { number } of tickets) {
  wanted = `"number":"${number}"`;
  missing = displays;
  const everywhere = new Promise((done) => {
    seen = done;
  });
  pressedAt = performance.now();
  await Promise.all([press("next"), everywhere]);
  await press("start");
  await probeDisk();
  await new Promise((done) => setTimeout(done, Math.random() * gapMs));
}
const seconds = (performance.now() - began) / 1000;
const rate = Math.round((answers - answersBefore) / seconds);
isOver = true;
for (const timer of timers) clearTimeout(timer);

const how = `${presses} presses, all ${displays} displays, ${phones} phones asking (${rate}/s), clients on the same machine`;
print("key_to_hall_p50", quantile(times, 0.5), "ms", how);
judge("key_to_hall_p99", quantile(times, 0.99), "ms", 50, how);
print("disk_sync_p99", quantile(syncs, 0.99), "ms", "one 4 kB write made durable, in the same run");
for (const socket of sockets) socket.terminate();
await server.stop();
process.exit();
