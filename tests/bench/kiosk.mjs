// How long a tap takes to the first byte of its ticket at the printer, and to the number on the screen: the real server,
// the real kiosk, the virtual printer behind a relay that notes when the ticket's bytes pass.
// Usage: [MATANAI_BIN=build/release/bin] node tests/bench/kiosk.mjs [--taps N]; prints JSON lines {name, value, unit}.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    taps: { type: "string", default: "200" },
  },
});
const bin = process.env.MATANAI_BIN ?? "build/release/bin";
const office = "kokurakita";
const warmUp = 10;
const barMs = 30;
const ticketStart = Buffer.from([0x1b, 0x40]); // ESC @ begins each ticket; status questions come before it
const folder = mkdtempSync(join(tmpdir(), "matanai-bench-"));
const children = [];
const logs = new Map();

function start(program, args) {
  const child = spawn(join(bin, program), args, { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  child.stderr.on("data", (text) => {
    logs.set(program, `${logs.get(program) ?? ""}${text}`.slice(-2000));
  });
  return new Promise((ready, failed) => {
    child.on("exit", (code) => failed(new Error(`${program} ended with ${code}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith(`${program} ready`)) ready(line);
    });
  });
}

/** Calls onTicket when the first byte of a ticket passes on its way to the printer. */
function relayTo(port, onTicket) {
  const server = createServer((kiosk) => {
    const printer = connect(port, "127.0.0.1");
    printer.setNoDelay(true);
    kiosk.setNoDelay(true);
    kiosk.on("data", (bytes) => {
      if (bytes.includes(ticketStart)) onTicket(performance.now());
      printer.write(bytes);
    });
    printer.on("data", (bytes) => kiosk.write(bytes));
    kiosk.on("close", () => printer.destroy());
    printer.on("close", () => kiosk.destroy());
    for (const socket of [kiosk, printer]) socket.on("error", () => {});
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

const portOf = (line) => Number(/(?:127\.0\.0\.1|localhost):(\d+)/.exec(line)[1]);
const at = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

function report(name, times, bar) {
  const sorted = times.toSorted((a, b) => a - b);
  for (const [suffix, share] of [
    ["p50", 0.5],
    ["p99", 0.99],
  ]) {
    const value = Math.round(at(sorted, share) * 100) / 100;
    const isJudged = bar !== undefined && suffix === "p99";
    const verdict = isJudged ? { bar, ok: value <= bar, how: "loopback, server up" } : {};
    console.log(JSON.stringify({ name: `${name}_${suffix}`, value, unit: "ms", ...verdict }));
  }
}

async function untilReady(kiosk) {
  for (;;) {
    const state = await (await fetch(`${kiosk}/api/state`)).json();
    if (state.server_up && state.can_print) return;
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function untilPrinted(kiosk, messageId) {
  for (;;) {
    const { papers } = await (await fetch(`${kiosk}/api/state`)).json();
    if (papers.find((paper) => paper.message_id === messageId)?.state === "printed") return;
    await new Promise((done) => setTimeout(done, 5));
  }
}

async function tap(kiosk, ticketPassed) {
  const passed = ticketPassed();
  const from = performance.now();
  const response = await fetch(`${kiosk}/api/walk-in`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
    body: JSON.stringify({ service: "move_in", locale: "ja" }),
  });
  if (response.status !== 201)
    throw new Error(`walk-in: ${response.status} ${await response.text()}`);
  const { message_id } = await response.json();
  const shown = performance.now() - from;
  const printed = (await passed) - from;
  await untilPrinted(kiosk, message_id);
  return { shown, printed };
}

async function main() {
  const printerPort = portOf(
    await start("matanai-print", ["emulate", "--port", "0", "--page-port", "0"]),
  );
  const server = `http://127.0.0.1:${portOf(await start("matanai-server", ["--data", join(folder, "server"), "--port", "0", "--demo"]))}`;
  const keys = readFileSync(join(folder, "server", "device-keys.txt"), "utf8");
  const key = new RegExp(`^${office}-kiosk-1 (\\S+)`, "m").exec(keys)[1];
  let heard = () => {};
  const relay = await relayTo(printerPort, (time) => heard(time));
  const line = await start("matanai-kiosk", [
    "--office",
    office,
    "--data",
    join(folder, "kiosk"),
    "--port",
    "0",
    "--server",
    server,
    "--device-key",
    key,
    "--printer",
    `tcp:127.0.0.1:${relay.address().port}`,
  ]);
  const kiosk = `http://127.0.0.1:${portOf(line)}`;
  const ticketPassed = () =>
    new Promise((done) => {
      heard = done;
    });
  await untilReady(kiosk);
  for (let i = 0; i < warmUp; i += 1) await tap(kiosk, ticketPassed);
  const taps = [];
  for (let i = 0; i < Number(values.taps); i += 1) taps.push(await tap(kiosk, ticketPassed));
  report(
    "kiosk_tap_to_first_byte",
    taps.map(({ printed }) => printed),
    barMs,
  );
  report(
    "kiosk_tap_to_number",
    taps.map(({ shown }) => shown),
  );
  relay.close();
}

main()
  .catch((error) => {
    console.error(error.message);
    for (const [program, text] of logs) console.error(`${program}:\n${text}`);
    process.exitCode = 1;
  })
  .finally(() => {
    for (const child of children) child.removeAllListeners("exit").kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
    setTimeout(() => process.exit(), 500).unref();
  });
