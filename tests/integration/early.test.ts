// Too early at the kiosk: an earlier time today, or a ticket that gives the reservation up.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Api } from "./support/api.ts";
import { Server } from "./support/server.ts";
import { type Booked, moveClockTo, office } from "./support/visit.ts";

const service = "move_in";
let server: Server;
let citizen: Api;
let kiosk: Api;

beforeAll(async () => {
  server = await Server.start(["--unlimited", "--quiet"]);
  citizen = new Api(server);
  kiosk = Api.device(server, `${office}-kiosk-1`);
  // 9:00 of the next day with free times: whatever the machine's clock says, there is a morning before them.
  const { days } = await citizen.ok(
    citizen.get(`/api/v1/offices/${office}/services/${service}/days`),
  );
  const day = days.find((one: any, at: number) => at > 0 && one.state === "many");
  await moveClockTo(citizen, `${day.date}T09:00:00+09:00`);
});
afterAll(() => server.close());

async function timesToday(): Promise<{ date: string; time: string; free: number }[]> {
  const { now } = await citizen.ok(citizen.get("/api/v1/clock"));
  const today = new Date(Date.parse(now) + 9 * 3_600_000).toISOString().slice(0, 10);
  const { times } = await citizen.ok(
    citizen.get(`/api/v1/offices/${office}/services/${service}/times?date=${today}`),
  );
  return times;
}

async function freeAt(time: string): Promise<number> {
  return (await timesToday()).find((slot) => slot.time === time)?.free ?? -1;
}

async function bookAt(time: string): Promise<Booked> {
  const date = (await timesToday())[0]?.date;
  const hold = await citizen.ok(citizen.post("/api/v1/holds", { office, service, date, time }));
  return citizen.ok(citizen.post("/api/v1/reservations", { hold: hold.hold, locale: "ja" }));
}

const show = ({ secret }: Booked) =>
  citizen.ok(citizen.call("POST", "/api/v1/reservations/show", { secret }));

function checkIn(proof: { code?: string; token?: string }) {
  const message_id = randomUUID();
  const path = `/api/v1/offices/${office}/check-ins`;
  return kiosk.post(path, { issuer: "k", message_id, ...proof }, message_id);
}

function move(code: string, time: string, key = randomUUID()) {
  return kiosk.post(`/api/v1/offices/${office}/moves`, { code, time }, key);
}

function ticketInstead(code: string, message_id = randomUUID()) {
  const body = { issuer: "k", message_id, service, gives_up: { code } };
  return kiosk.post(`/api/v1/offices/${office}/tickets`, body, message_id);
}

test("an earlier time is offered and taken; code and QR code go on working, the old time is free", async () => {
  const booked = await bookAt("15:00");
  const before = await freeAt("15:00");
  const early = await checkIn({ code: booked.code });
  expect(early.body.code).toBe("check_in_too_early");
  expect(early.body.values).toMatchObject({ slot: "15:00", from: "14:45", service });
  const { earlier1, earlier3 } = early.body.values;
  expect(earlier1 >= "09:00" && earlier1 <= "09:30").toBe(true);
  expect(earlier3 > earlier1).toBe(true);

  const key = randomUUID();
  const moved = await move(booked.code, earlier1, key);
  expect(moved.status).toBe(200);
  expect(moved.body.time).toBe(earlier1);
  expect((await move(booked.code, earlier1, key)).body).toEqual(moved.body);
  expect(await freeAt("15:00")).toBe(before + 1);
  expect(await show(booked)).toMatchObject({ state: "booked", time: earlier1, code: booked.code });

  await moveClockTo(citizen, (await show(booked)).check_in_from);
  const ticket = await kiosk.ok(checkIn({ token: booked.check_in_token }));
  expect(ticket.number).toMatch(/^R\d{3}$/);
  expect((await show(booked)).state).toBe("checked_in");
  expect((await move(booked.code, "09:00")).body.code).toBe("already_checked_in");
});

test("a ticket instead cancels the reservation with it; its place is free again after ten minutes", async () => {
  const booked = await bookAt("15:00");
  const taken = await freeAt("15:00");
  const message = randomUUID();
  const ticket = await kiosk.ok(ticketInstead(booked.code, message));
  expect(ticket.number).toMatch(/^A\d{3}$/);
  expect((await show(booked)).state).toBe("cancelled");
  expect((await checkIn({ code: booked.code })).body.code).toBe("reservation_cancelled");
  const again = await kiosk.ok(ticketInstead(booked.code, message));
  expect(again.number).toBe(ticket.number);

  expect(await freeAt("15:00")).toBe(taken);
  const { now } = await citizen.ok(citizen.get("/api/v1/clock"));
  await moveClockTo(citizen, now, 11);
  expect(await freeAt("15:00")).toBe(taken + 1);
});

test("twelve kiosk presses for the last place of a time: exactly one moves, the others keep theirs", async () => {
  const rows: Booked[] = [];
  while (rows.length < 12) {
    const [time] = (await timesToday()).filter((slot) => slot.free > 0 && slot.time >= "13:30");
    if (!time) throw new Error("the afternoon is full");
    rows.push(await bookAt(time.time));
  }
  const wanted = "11:00";
  while ((await freeAt(wanted)) > 1) await bookAt(wanted);
  const answers = await Promise.all(rows.map(({ code }) => move(code, wanted)));
  const codes = answers.map(({ status, body }) => (status === 200 ? "moved" : body.code)).sort();
  expect(codes).toEqual(["moved", ...Array(11).fill("slot_full")].sort());
  expect(await freeAt(wanted)).toBe(0);
  const lost = answers.find(({ status }) => status === 409)?.body.values;
  expect(lost).toMatchObject({ service });
  expect(Object.values(lost)).not.toContain(wanted);
  const kept = await Promise.all(rows.map(show));
  expect(kept.filter(({ time }) => time === wanted)).toHaveLength(1);
  expect(kept.every(({ state }) => state === "booked")).toBe(true);
});

test("only a device of the office moves reservations", async () => {
  const body = { code: "12345672", time: "10:00" };
  const path = (at: string) => `/api/v1/offices/${at}/moves`;
  expect((await citizen.post(path(office), body)).status).toBe(401);
  expect((await kiosk.post(path("moji"), body)).status).toBe(403);
  expect((await kiosk.post(path(office), body)).body.code).toBe("check_in_not_found");
  const hall = Api.device(server, `${office}-hall-1`);
  expect((await hall.post(path(office), body)).status).toBe(403);
  expect((await kiosk.post(path(office), { ...body, time: "10 Uhr" })).status).toBe(422);
});
