// The live sockets: who may follow, what a reconnect brings, what a restart changes.
import { afterAll, beforeAll, expect, test } from "vitest";
import { Api } from "./support/api.ts";
import { Live, refusedUpgrade } from "./support/live.ts";
import { Server } from "./support/server.ts";
import { office, press, pullTicket } from "./support/visit.ts";

const board = `/api/v1/offices/${office}/board/live`;
const floor = `/api/v1/offices/${office}/floor/live`;

let server: Server;
let kiosk: Api;
let clerk: Api;

beforeAll(async () => {
  server = await Server.start(["--quiet"]);
  kiosk = Api.device(server, `${office}-kiosk-1`);
  clerk = await Api.clerk(server, office);
});
afterAll(() => server.close());

const device = (name: string) => ({ authorization: `Device ${server.deviceKey(name)}` });
const hall = () => device(`${office}-hall-1`);

test("a hall display follows by its key or by the cookie it got for it, a clerk by the session", async () => {
  const byKey = await Live.open(server.url, board, hall());
  expect((await byKey.next()).office).toBe(office);
  const session = await new Api(server).call("POST", "/api/v1/devices/session", {
    key: server.deviceKey(`${office}-hall-1`),
  });
  const cookie = (session.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const byCookie = await Live.open(server.url, board, { cookie });
  expect((await byCookie.next()).office).toBe(office);
  const byClerk = await Live.open(server.url, floor, { cookie: clerk.cookies });
  expect((await byClerk.next()).office).toBe(office);
  for (const live of [byKey, byCookie, byClerk]) live.close();
});

test.each([
  ["no key", board, {}, 401, "not_signed_in"],
  ["an unknown key", board, { authorization: `Device ${"A".repeat(32)}` }, 401, "unknown_device"],
  ["a token in the query", `${board}?key=KEY&token=KEY&access_token=KEY`, {}, 401, "not_signed_in"],
  ["an unknown session", floor, { cookie: "matanai_session=nobody" }, 401, "not_signed_in"],
] as const)("%s is refused at the upgrade", async (_name, path, headers, status, code) => {
  const key = server.deviceKey(`${office}-hall-1`);
  const refused = await refusedUpgrade(server.url, path.replaceAll("KEY", key), { headers });
  expect(refused.status).toBe(status);
  expect(refused.body.code).toBe(code);
  expect(refused.body.title).not.toBe("");
});

test("a page of another site is refused, with a good key or session too", async () => {
  for (const origin of ["https://evil.example", "null", server.url.replace(/\d+$/, "1")]) {
    const byKey = await refusedUpgrade(server.url, board, { headers: { ...hall(), origin } });
    expect([byKey.status, byKey.body.code]).toEqual([403, "wrong_origin"]);
    const headers = { cookie: clerk.cookies, origin };
    const bySession = await refusedUpgrade(server.url, floor, { headers });
    expect([bySession.status, bySession.body.code]).toEqual([403, "wrong_origin"]);
  }
  const own = await Live.open(server.url, board, { ...hall(), origin: server.url });
  expect((await own.next()).office).toBe(office);
  own.close();
});

test("a display does not follow what only clerks may see, nor another office", async () => {
  const clerks = await refusedUpgrade(server.url, floor, { headers: hall() });
  expect(clerks.status).toBe(401);
  const other = device("moji-hall-1");
  const elsewhere = await refusedUpgrade(server.url, board, { headers: other });
  expect([elsewhere.status, elsewhere.body.code]).toEqual([403, "forbidden"]);
  const nowhere = await refusedUpgrade(server.url, "/api/v1/offices/atlantis/board/live", {
    headers: hall(),
  });
  expect(nowhere.status).toBe(404);
});

test("a reconnect brings the latest at once, of the same run, with a larger number", async () => {
  const first = await Live.open(server.url, board, hall());
  const before = await first.next();
  first.close();
  await clerk.ok(press(clerk, 1, "open", { groups: ["A"] }));
  const ticket = await kiosk.ok(pullTicket(kiosk));
  await clerk.ok(press(clerk, 1, "next"));
  const again = await Live.open(server.url, board, hall());
  const called = await again.next(({ calls }) => calls.some((c) => c.number === ticket.number));
  expect(called.epoch).toBe(before.epoch);
  expect(called.seq).toBeGreaterThan(before.seq);
  await clerk.ok(press(clerk, 1, "recall"));
  await again.next(({ seq }) => seq > called.seq);
  const numbers = again.frames.map(({ seq }) => seq);
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  again.close();
});

test("a stopping server says so; the snapshot after the restart is of another run and has the call", async () => {
  const before = await Live.open(server.url, board, hall());
  const last = await before.next(({ calls }) => calls.length > 0);
  const closed = before.ended();
  expect(await server.stop()).toBe(0);
  expect(await closed).toBe(1001);
  await server.restart();
  const after = await Live.open(server.url, board, hall());
  const snapshot = await after.next();
  expect(snapshot.epoch).not.toBe(last.epoch);
  expect(snapshot.calls.map(({ number }) => number)).toEqual(last.calls.map((c) => c.number));
  after.close();
});
