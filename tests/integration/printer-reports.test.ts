// A kiosk tells of its printer; counters see it, and are called when somebody must go.
import { afterAll, beforeAll, expect, test } from "vitest";
import { Api } from "./support/api.ts";
import { Live } from "./support/live.ts";
import { Server } from "./support/server.ts";
import { office } from "./support/visit.ts";

const reports = `/api/v1/offices/${office}/printer-reports`;
const name = `${office}-kiosk-1`;

interface Floor {
  staff_calls: { id: number; place: string; reason: string }[];
  kiosks: { id: string; printer: { state: string; paper_metres: number }; alone_since?: string }[];
}

let server: Server;
let kiosk: Api;
let clerk: Api;

beforeAll(async () => {
  server = await Server.start(["--quiet"]);
  kiosk = Api.device(server, name);
  clerk = await Api.clerk(server, office);
});
afterAll(() => server.close());

const report = (state: string, more: object = {}) => ({
  state,
  since: "2026-01-01T00:00:00.000Z",
  model: "TM-m30",
  confirms: "printed",
  paper_metres: 42,
  ...more,
});
const tell = (state: string, more: object = {}, api = kiosk) =>
  api.post(reports, report(state, more));
const floor = (): Promise<Floor> => clerk.ok(clerk.get(`/api/v1/offices/${office}/floor`));
const reasons = async () => (await floor()).staff_calls.map((call) => call.reason);
const follow = () =>
  Live.open(server.url, `/api/v1/offices/${office}/floor/live`, {
    cookie: clerk.cookies,
    origin: server.url,
  });
// Any frame, as the floor that it is.
const until = (counter: Live, fits: (frame: Floor) => boolean) =>
  counter.next((frame) => fits(frame as unknown as Floor));

test("paper near its end is pushed to the counters as a call with its metres, until the roll is changed", async () => {
  expect((await floor()).kiosks).toEqual([]);
  const counter = await follow();
  expect((await tell("ready", { paper_metres: 6 })).body).toMatchObject({ id: name });
  await tell("paper_near_end", { paper_metres: 5 });
  await until(
    counter,
    ({ staff_calls, kiosks }) =>
      staff_calls.some((call) => call.place === name && call.reason === "paper_near_end") &&
      kiosks[0]?.printer.paper_metres === 5,
  );
  const before = counter.frames.length;
  await tell("ready", { paper_metres: 80 });
  await counter.next(
    (frame) =>
      counter.frames.indexOf(frame) >= before &&
      (frame as unknown as Floor).staff_calls.length === 0,
  );
  counter.close();
});

test("the server itself calls when an open cover has lasted a minute", async () => {
  const counter = await follow();
  const now = Date.parse((await kiosk.ok(kiosk.get("/api/v1/clock"))).now);
  await tell("cover_open", { since: new Date(now).toISOString() });
  expect(await reasons()).toEqual([]);
  await kiosk.ok(kiosk.post("/api/v1/clock", { by_ms: 61_000 }));
  await until(counter, ({ staff_calls }) => staff_calls[0]?.reason === "cover_open");
  await tell("ready");
  expect(await reasons()).toEqual([]);
  counter.close();
});

test("a kiosk that follows no board is alone, until it is back", async () => {
  const line = () =>
    Live.open(server.url, `/api/v1/offices/${office}/board/live`, {
      authorization: `Device ${server.deviceKey(name)}`,
    });
  const isAlone = (frame: Floor) => frame.kiosks[0]?.alone_since !== undefined;
  const first = await line();
  await tell("ready");
  expect(isAlone(await floor())).toBe(false);
  first.close();
  const alone = await follow();
  await until(alone, isAlone);
  alone.close();
  const second = await line();
  const back = await follow();
  await until(back, (frame) => !isAlone(frame));
  back.close();
  second.close();
});

test("a report and its call survive kill -9", async () => {
  await tell("taken", { paper_metres: 17 });
  await server.kill();
  await server.restart();
  expect(await reasons()).toEqual(["taken"]);
  expect((await floor()).kiosks[0]).toMatchObject({
    id: name,
    printer: { state: "taken", paper_metres: 17 },
  });
  await tell("ready");
  expect(await reasons()).toEqual([]);
});

test("only a kiosk of the office tells, and only what is possible", async () => {
  expect((await tell("ready", {}, Api.device(server, `${office}-hall-1`))).body.code).toBe(
    "forbidden",
  );
  expect((await tell("ready", {}, Api.device(server, "moji-kiosk-1"))).body.code).toBe("forbidden");
  expect((await tell("ready", {}, clerk)).status).toBe(401);
  for (const wrong of [
    { state: "on fire" },
    { paper_metres: -1 },
    { paper_metres: 100_001 },
    { model: "x".repeat(65) },
    { confirms: "hoped" },
    { since: "yesterday" },
  ])
    expect((await tell("ready", wrong)).body.code, JSON.stringify(wrong)).toBe("invalid_fields");
  const { confirms: _, ...unknown } = report("ready");
  expect((await kiosk.post(reports, unknown)).status).toBe(200);
});

test("a kiosk cannot make the calls that are the server's", async () => {
  const body = { issuer: "kiosk", message_id: "m-1", reason: "paper_near_end" };
  expect((await kiosk.post(`/api/v1/offices/${office}/staff-calls`, body)).body.code).toBe(
    "invalid_fields",
  );
});
