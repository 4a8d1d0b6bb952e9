// Many at once over HTTP: exact counts, nothing twice, nothing lost.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Api } from "./support/api.ts";
import { Server } from "./support/server.ts";
import { office, press, pullTicket } from "./support/visit.ts";

let server: Server;
let citizen: Api;
let kiosk: Api;

beforeAll(async () => {
  server = await Server.start(["--unlimited", "--quiet"]);
  citizen = new Api(server);
  kiosk = Api.device(server, `${office}-kiosk-1`);
});
afterAll(() => server.close());

async function inParallel<T>(clients: number, work: (client: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: clients }, (_, client) => work(client)));
}

test("200 connections race for the places of one day: exactly the places that were free are held", async () => {
  const service = "mn_receive";
  const days = await citizen.ok(
    citizen.get(`/api/v1/offices/${office}/services/${service}/days?days=31`),
  );
  const day = days.days.filter((d: any) => d.state === "many").at(-1);
  const { times } = await citizen.ok(
    citizen.get(`/api/v1/offices/${office}/services/${service}/times?date=${day.date}`),
  );
  const places = times.reduce((sum: number, slot: any) => sum + slot.free, 0);
  expect(places).toBeGreaterThan(20);
  const counts = new Map<number, number>();
  await inParallel(200, async (client) => {
    for (let attempt = 0; attempt < 10; attempt++) {
      const slot = times[(client * 7 + attempt) % times.length];
      const answer = await citizen.post("/api/v1/holds", {
        office,
        service,
        date: slot.date,
        time: slot.time,
      });
      counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
      if (answer.status !== 201) expect(answer.body.code).toBe("slot_full");
    }
  });
  expect(counts.get(201)).toBe(places);
  expect([...counts.keys()].sort()).toEqual([201, 409]);
  const after = await citizen.ok(
    citizen.get(`/api/v1/offices/${office}/services/${service}/times?date=${day.date}`),
  );
  expect(after.times.every((slot: any) => slot.free === 0)).toBe(true);
});

test("the same hold sent ten times at once is one hold", async () => {
  const days = await citizen.ok(citizen.get(`/api/v1/offices/${office}/services/seal/days`));
  const { date, time } = days.soonest[0];
  const key = randomUUID();
  const answers = await inParallel(10, () =>
    citizen.post("/api/v1/holds", { office, service: "seal", date, time }, key),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
});

test("32 clients pull tickets, then 24 clerks call them all: no duplicate, no gap, nobody twice", async () => {
  const perClient = 10;
  const pulled = await inParallel(32, async () => {
    const numbers: string[] = [];
    for (let i = 0; i < perClient; i++) numbers.push((await kiosk.ok(pullTicket(kiosk))).number);
    return numbers;
  });
  const numbers = pulled.flat().sort();
  const expected = Array.from(
    { length: 32 * perClient },
    (_, i) => `A${String(i + 1).padStart(3, "0")}`,
  );
  expect(numbers).toEqual(expected);

  const admin = await Api.clerk(server, "kanri");
  const called: string[] = [];
  await inParallel(24, async (index) => {
    const window = index + 1;
    await admin.ok(press(admin, window, "open", { groups: ["A"] }));
    for (;;) {
      const answer = await press(admin, window, "next");
      if (answer.status === 409) {
        expect(answer.body.code).toBe("nobody_waiting");
        return;
      }
      if (!answer.body.ticket) return;
      called.push(answer.body.ticket.number);
      await admin.ok(press(admin, window, "start"));
    }
  });
  expect(called.sort()).toEqual(expected);
});
