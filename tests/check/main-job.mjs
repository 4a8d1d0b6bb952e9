// The main job once, over HTTP, against running programs: book → check in at the kiosk → ticket on paper → call → start →
// finish → wait recorded. Prints what it saw; exit 1 says what failed. Needs a server in demo mode (its clock is moved
// forward to the booked time). Environment: MATANAI_SERVER, MATANAI_KIOSK, MATANAI_PAPER (addresses), MATANAI_OFFICE,
// MATANAI_PASSWORD (of the office's clerk; a made-up one is changed for good).
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const need = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
};
const server = need("MATANAI_SERVER");
const kiosk = need("MATANAI_KIOSK");
const paper = need("MATANAI_PAPER");
const office = need("MATANAI_OFFICE");
const password = need("MATANAI_PASSWORD");
const SERVICE = "move_in";
// How far the demo clock is moved between check-in and call, and while serving.
const WAIT_SECONDS = 180;
const SERVICE_SECONDS = 600;
const PATIENCE_MS = 20_000;

const saw = (what, detail) => console.log(`  ${what.padEnd(10)} ${detail}`);
const expect = (isTrue, what) => {
  if (!isTrue) throw new Error(what);
};

let cookie = "";
async function call(base, method, path, body, { allowed = [] } = {}) {
  const response = await fetch(base + path, {
    method,
    headers: {
      accept: "application/json",
      origin: base,
      ...(cookie && base === server ? { cookie } : {}),
      ...(body === undefined
        ? {}
        : { "content-type": "application/json", "idempotency-key": randomUUID() }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : {};
  if (!response.ok && !allowed.includes(answer.code)) {
    throw new Error(
      `${method} ${path}: ${response.status} ${answer.code ?? ""} ${answer.title ?? text}`,
    );
  }
  return { status: response.status, answer, cookies: response.headers.getSetCookie() };
}
const get = async (base, path) => (await call(base, "GET", path)).answer;
const post = async (base, path, body) => (await call(base, "POST", path, body)).answer;

// Asks again until `use` gives something; the condition is awaited, not a time.
async function until(what, use) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await use();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${PATIENCE_MS / 1000} s for ${what}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

const moveClockBy = (seconds) => post(server, "/api/v1/clock", { by_ms: seconds * 1000 });

async function moveClockTo(instant) {
  const { now } = await get(server, "/api/v1/clock");
  const by = Date.parse(instant) - Date.parse(now);
  if (by > 0) await post(server, "/api/v1/clock", { by_ms: by });
}

async function book() {
  const { soonest } = await get(
    server,
    `/api/v1/offices/${office}/services/${SERVICE}/days?lang=ja`,
  );
  expect(soonest.length > 0, `no free time for ${SERVICE}`);
  const [{ date, time }] = soonest;
  const hold = await post(server, "/api/v1/holds", { office, service: SERVICE, date, time });
  const reservation = await post(server, "/api/v1/reservations", { hold: hold.hold, locale: "ja" });
  expect(/^[0-9]{8}$/.test(reservation.code), "the reservation has no 8-digit code");
  saw("booked", `${SERVICE} at ${office}, ${date} ${time}, code ${reservation.code}`);
  return reservation;
}

async function checkIn(reservation) {
  await moveClockTo(reservation.check_in_from);
  const body = { code: reservation.code, locale: "ja" };
  // The kiosk learns of the moved clock by itself.
  const { ticket } = await until("the kiosk to check in", async () => {
    const { status, answer } = await call(kiosk, "POST", "/api/check-in", body, {
      allowed: ["check_in_too_early", "server_unreachable", "office_not_issuing"],
    });
    return status < 300 ? answer : undefined;
  });
  expect(
    /^R[0-9]{3,4}$/.test(ticket.number),
    `ticket number ${ticket.number} is not of the series R`,
  );
  saw("checked in", `ticket ${ticket.number}, ${ticket.people_ahead} people ahead`);
  return ticket;
}

async function takePaper(ticket, papersBefore) {
  const [sheet] = await until("the paper", async () => {
    const { papers } = await get(paper, "/papers");
    return papers.length > papersBefore ? papers : undefined;
  });
  const picture = await fetch(`${paper}/papers/${sheet.id}.png`);
  expect(picture.ok, `no picture of paper ${sheet.id}`);
  const bytes = Buffer.from(await picture.arrayBuffer());
  const folder = mkdtempSync(join(tmpdir(), "matanai-paper-"));
  try {
    const file = join(folder, "paper.png");
    await writeFile(file, bytes);
    const { stdout } = await promisify(execFile)("zbarimg", ["--quiet", "--raw", file]);
    expect(
      stdout.trim() === ticket.url,
      `the QR code on paper says ${stdout.trim()}, the ticket ${ticket.url}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  saw("paper", `${sheet.dots} × ${sheet.rows} dots, its QR code leads to ${ticket.url}`);
}

async function serve(ticket) {
  const signedIn = await call(server, "POST", "/api/v1/staff/session", { name: office, password });
  cookie = signedIn.cookies.map((entry) => entry.split(";")[0]).join("; ");
  if (signedIn.answer.must_change_password) {
    const body = { old_password: password, new_password: randomUUID() };
    await post(server, "/api/v1/staff/password", body);
    saw("clerk", "signed in and chose an own password");
  }
  const command = (name) =>
    post(server, `/api/v1/offices/${office}/windows/1/commands`, { command: name });
  await command("open");
  await moveClockBy(WAIT_SECONDS);
  const called = await command("next");
  expect(
    called.ticket?.number === ticket.number,
    `window 1 called ${called.ticket?.number}, not ${ticket.number}`,
  );
  saw("called", `${ticket.number} to window 1`);
  await until("the hall display's board", async () => {
    const { calls } = await get(server, `/api/v1/offices/${office}/board`);
    return calls.some(
      (row) => row.number === ticket.number && row.window === "1" && row.is_current,
    );
  });
  saw("hall", `board shows ${ticket.number} at window 1`);
  await command("start");
  await moveClockBy(SERVICE_SECONDS);
  await command("finish");
  await command("close");
}

async function checkWait(ticket, date) {
  const { tickets } = await get(server, `/api/v1/offices/${office}/waits?date=${date}`);
  const row = tickets.find(({ number }) => number === ticket.number);
  expect(row, `${ticket.number} is not in the waits of ${date}`);
  expect(row.state === "finished", `${ticket.number} is ${row.state}, not finished`);
  const isAbout = (seconds, moved) => seconds >= moved && seconds < moved + PATIENCE_MS / 1000;
  expect(isAbout(row.wait_seconds, WAIT_SECONDS), `its wait is ${row.wait_seconds} s`);
  expect(isAbout(row.service_seconds, SERVICE_SECONDS), `it was served ${row.service_seconds} s`);
  saw("recorded", `waited ${row.wait_seconds} s, served ${row.service_seconds} s`);
}

try {
  const { papers } = await get(paper, "/papers");
  const reservation = await book();
  const ticket = await checkIn(reservation);
  await takePaper(ticket, papers.length);
  await serve(ticket);
  await checkWait(ticket, reservation.date);
} catch (error) {
  console.error(`  FAILED     ${error.message}`);
  process.exitCode = 1;
}
