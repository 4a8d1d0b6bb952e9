// A kiosk calls for staff; counters see it, one clerk answers. And a clerk's undo reaches the reservation.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Api } from "./support/api.ts";
import { Live } from "./support/live.ts";
import { Server } from "./support/server.ts";
import { bookSoonest, moveClockTo, office, press } from "./support/visit.ts";

const calls = `/api/v1/offices/${office}/staff-calls`;

let server: Server;
let citizen: Api;
let kiosk: Api;
let clerk: Api;

beforeAll(async () => {
  server = await Server.start(["--quiet"]);
  citizen = new Api(server);
  kiosk = Api.device(server, `${office}-kiosk-1`);
  clerk = await Api.clerk(server, office);
});
afterAll(() => server.close());

const call = (api: Api, message = randomUUID(), reason = "not_found", at = calls) =>
  api.post(at, { issuer: "kiosk", message_id: message, reason }, message);
const answer = (id: number, api = clerk) => api.post(`${calls}/${id}/answer`, undefined);
const open = async () =>
  (await clerk.ok(clerk.get(`/api/v1/offices/${office}/floor`))).staff_calls.map(
    (one: { id: number }) => one.id,
  );
const answered = async () =>
  (await citizen.ok(citizen.get(`/api/v1/offices/${office}/board`))).answered_calls;

test("a call is pushed to the counters, and its answer to the kiosk", async () => {
  const counter = await Live.open(server.url, `/api/v1/offices/${office}/floor/live`, {
    cookie: clerk.cookies,
    origin: server.url,
  });
  const board = await Live.open(server.url, `/api/v1/offices/${office}/board/live`, {
    authorization: `Device ${server.deviceKey(`${office}-kiosk-1`)}`,
  });
  const made = await call(kiosk);
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ place: `${office}-kiosk-1`, reason: "not_found" });
  const { id } = made.body;
  const seen = (frame: unknown) => (frame as { staff_calls: { id: number }[] }).staff_calls;
  await counter.next((frame) => seen(frame).some((one) => one.id === id));

  const gone = await answer(id);
  expect(gone.body.answered_by).toBeTruthy();
  await board.next((frame) =>
    (frame as unknown as { answered_calls: number[] }).answered_calls.includes(id),
  );
  expect(await open()).toEqual([]);
  counter.close();
  board.close();
});

test("a repeat is the same call, a second press too; the first answer counts", async () => {
  const message = randomUUID();
  const first = await call(kiosk, message);
  const second = await call(kiosk, message);
  const another = await call(kiosk);
  expect([second.body.id, another.body.id]).toEqual([first.body.id, first.body.id]);
  const { body } = await answer(first.body.id);
  const kanri = await Api.clerk(server, "kanri");
  expect((await answer(first.body.id, kanri)).body).toEqual(body);
  expect((await answer(first.body.id + 1)).body.code).toBe("not_found");
});

test("only a kiosk of the office calls, only its clerks answer", async () => {
  const { id } = (await call(kiosk)).body;
  const hall = Api.device(server, `${office}-hall-1`);
  expect((await call(hall)).body.code).toBe("forbidden");
  expect((await call(clerk)).status).toBe(401);
  expect((await call(citizen)).status).toBe(401);
  const elsewhere = calls.replace(office, "moji");
  expect((await call(kiosk, randomUUID(), "help", elsewhere)).body.code).toBe("forbidden");
  expect((await call(kiosk, randomUUID(), "fire")).body.code).toBe("invalid_fields");
  expect((await answer(id, await Api.clerk(server, "moji"))).body.code).toBe("forbidden");
  expect((await answer(id, kiosk)).status).toBe(401);
  expect(await open()).toEqual([id]);
});

test("a call survives kill -9, and its answer too", async () => {
  const [id] = await open();
  await server.kill();
  await server.restart();
  expect(await open()).toEqual([id]);
  await answer(id);
  await server.kill();
  await server.restart();
  expect(await open()).toEqual([]);
  expect(await answered()).toContain(id);
});

test("undo of finish leaves the reservation in service, also after kill -9", async () => {
  const booked = await bookSoonest(citizen);
  await moveClockTo(citizen, booked.start, -10);
  const state = async () =>
    (await citizen.ok(citizen.post("/api/v1/reservations/show", { secret: booked.secret }))).state;
  // At the counter's desk, with the clerk's own session.
  const ticket = await clerk.ok(
    clerk.post(`/api/v1/offices/${office}/check-ins`, {
      issuer: "window-1",
      message_id: randomUUID(),
      code: booked.code,
    }),
  );
  await clerk.ok(press(clerk, 1, "open"));
  await clerk.ok(press(clerk, 1, "call", { ticket: ticket.id }));
  await clerk.ok(press(clerk, 1, "start"));
  await clerk.ok(press(clerk, 1, "finish"));
  expect(await state()).toBe("served");
  await server.kill();
  await server.restart();
  expect(await state()).toBe("served");
  const undone = await clerk.ok(press(clerk, 1, "undo"));
  expect(undone.ticket.number).toBe(ticket.number);
  expect(await state()).toBe("checked_in");
  await server.kill();
  await server.restart();
  expect(await state()).toBe("checked_in");
  await clerk.ok(press(clerk, 1, "finish"));
  expect(await state()).toBe("served");
});

test("an open call is dropped at closing, and none is taken afterwards", async () => {
  const { id } = (await call(kiosk)).body;
  const board = await citizen.ok(citizen.get(`/api/v1/offices/${office}/board`));
  const today = board.as_of.slice(0, 10);
  const counter = await Live.open(server.url, `/api/v1/offices/${office}/floor/live`, {
    cookie: clerk.cookies,
    origin: server.url,
  });
  const seen = (frame: unknown) => (frame as { staff_calls: { id: number }[] }).staff_calls;
  await counter.next((frame) => seen(frame).some((one) => one.id === id));
  const before = counter.frames.length;
  await moveClockTo(citizen, `${today}T${board.closes}:00+09:00`);
  await counter.next(
    (frame) => counter.frames.indexOf(frame) >= before && seen(frame).length === 0,
  );
  counter.close();
  expect((await answer(id)).body.code).toBe("not_found");
  expect((await call(kiosk)).body.code).toBe("office_closed");
});
