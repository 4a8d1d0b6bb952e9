// Guessing codes and hoarding places, from one network and beside it.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Api } from "./support/api.ts";
import { Server } from "./support/server.ts";
import { bookSoonest } from "./support/visit.ts";

let server: Server;
let citizen: Api;
beforeAll(async () => {
  server = await Server.start(["--behind-proxy"]);
  citizen = new Api(server);
});
afterAll(() => server.close());

// As our proxy passes it on.
const from = (address: string, target: string, body: object) =>
  citizen.call("POST", target, body, {
    "x-forwarded-for": address,
    "idempotency-key": randomUUID(),
  });
const show = (address: string, code: string, contact: string) =>
  from(address, "/api/v1/reservations/show", { code, contact });

test("five wrong tries lock one code for one network, and nobody else's", async () => {
  const mine = await bookSoonest(citizen, "move_in", { phone: "090-1111-2222" });
  const neighbours = await bookSoonest(citizen, "seal", { phone: "090-3333-4444" });
  for (let i = 0; i < 5; i++) {
    const wrong = await show(`192.0.2.${i}`, mine.code, "090-0000-0000");
    const unknown = await show("198.51.100.1", "1234567", "090-0000-0000");
    expect(wrong.status).toBe(404);
    expect({ ...wrong.body, request_id: "" }).toEqual({ ...unknown.body, request_id: "" });
  }
  const locked = await show("192.0.2.77", mine.code, "090-1111-2222");
  expect(locked.status).toBe(429);
  expect(locked.body.code).toBe("too_many_tries");
  expect(locked.body.values.until).toMatch(/^\d\d:\d\d$/);
  expect((await show("192.0.2.77", neighbours.code, "090-3333-4444")).status).toBe(200);
  expect((await show("203.0.113.9", mine.code, "090-1111-2222")).status).toBe(200);
  expect(
    (await from("192.0.2.77", "/api/v1/reservations/show", { secret: mine.secret })).status,
  ).toBe(200);
});

test("a network that tries many codes is locked as a whole", async () => {
  const mine = await bookSoonest(citizen, "seal", { phone: "090-5555-6666" });
  const statuses = [];
  for (let i = 0; i < 31; i++)
    statuses.push((await show("10.1.1.1", String(10_000_000 + i), "090-0000-0000")).status);
  expect(statuses.slice(0, 30).every((status) => status === 404)).toBe(true);
  expect(statuses[30]).toBe(429);
  expect((await show("10.1.1.200", mine.code, "090-5555-6666")).status).toBe(429);
  expect((await show("10.1.2.1", mine.code, "090-5555-6666")).status).toBe(200);
});

// One network's attempts at every time of a small office's last open day.
async function takeAllOf(address: string, take: (hold: any) => Promise<void>) {
  const place = { office: "moji", service: "move_in" };
  const path = "/api/v1/offices/moji/services/move_in";
  const { days } = await citizen.ok(citizen.get(`${path}/days?days=31`));
  const day = days.filter((d: any) => d.state === "many").at(-1).date;
  const { times } = await citizen.ok(citizen.get(`${path}/times?date=${day}`));
  let taken = 0;
  let refused: any;
  for (const { date, time } of times) {
    const answer = await from(address, "/api/v1/holds", { ...place, date, time });
    if (answer.status === 201) {
      await take(answer.body);
      taken++;
    } else if (answer.body.code !== "slot_full") refused = answer;
  }
  let other: any;
  for (const { date, time } of times.toReversed()) {
    other = await from("198.51.100.50", "/api/v1/holds", { ...place, date, time });
    if (other.body.code !== "slot_full") break;
  }
  return { taken, offered: times.length, refused, other };
}

test.each([
  ["hold", "192.0.2.50", async () => {}],
  [
    "book without contact",
    "192.0.3.50",
    async (hold: any) => {
      const body = { hold: hold.hold, locale: "ja", contact: {}, help: [] };
      const booked = await from("192.0.3.50", "/api/v1/reservations", body);
      expect(booked.status).toBe(201);
    },
  ],
])("one network cannot %s a small office's day", async (_name, address, take) => {
  const { taken, offered, refused, other } = await takeAllOf(address, take);
  expect(taken).toBeGreaterThanOrEqual(4);
  expect(taken).toBeLessThan(offered / 2);
  expect(refused.status).toBe(429);
  expect(refused.body.code).toBe("too_many_requests");
  expect(refused.headers.get("retry-after")).toBe("60");
  expect(other.status).toBe(201);
});
