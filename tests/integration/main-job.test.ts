import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { Api } from "./support/api.ts";
import { Server } from "./support/server.ts";
import { bookSoonest, moveClockTo, office, press } from "./support/visit.ts";

let server: Server;
let citizen: Api;
let kiosk: Api;
let clerk: Api;

beforeAll(async () => {
  server = await Server.start();
  citizen = new Api(server);
  kiosk = Api.device(server, `${office}-kiosk-1`);
  clerk = await Api.clerk(server, office);
});
afterAll(() => server.close());

function follow(
  path: string,
  headers: Record<string, string>,
): { frames: any[]; next(test: (frame: any) => boolean): Promise<any>; close(): void } {
  const socket = new WebSocket(server.url.replace("http", "ws") + path, { headers });
  const frames: any[] = [];
  const waiting: { test: (frame: any) => boolean; done: (frame: any) => void }[] = [];
  socket.on("message", (data) => {
    const frame = JSON.parse(data.toString());
    frames.push(frame);
    for (const one of [...waiting]) if (one.test(frame)) one.done(frame);
  });
  return {
    frames,
    next: (accept) => {
      const seen = frames.find(accept);
      return seen
        ? Promise.resolve(seen)
        : new Promise((done) => waiting.push({ test: accept, done }));
    },
    close: () => socket.close(),
  };
}

test("a citizen books, checks in, is called, seen in the hall, served; the wait equals the clock", async () => {
  const booked = await bookSoonest(citizen);
  expect(booked.code).toMatch(/^\d{8}$/);
  const hall = follow(`/api/v1/offices/${office}/board/live`, {
    authorization: `Device ${server.deviceKey(`${office}-hall-1`)}`,
  });
  await hall.next(() => true);

  const early = await kiosk.post(`/api/v1/offices/${office}/check-ins`, {
    issuer: "k",
    message_id: randomUUID(),
    code: booked.code,
  });
  expect(early.status).toBe(409);
  expect(early.body.code).toBe("check_in_too_early");
  expect(early.body.values.slot).toBe(booked.time);

  await moveClockTo(citizen, booked.start, -12);
  const ticket = await kiosk.ok(
    kiosk.post(`/api/v1/offices/${office}/check-ins`, {
      issuer: "k",
      message_id: randomUUID(),
      token: booked.check_in_token,
    }),
  );
  expect(ticket.number).toBe("R001");
  expect(ticket.reserved_for).toBe(booked.start);

  const window = (await clerk.ok(clerk.get(`/api/v1/offices/${office}/floor`))).windows.find(
    (w: any) => w.groups.includes("A"),
  );
  await clerk.ok(press(clerk, Number(window.window), "open"));
  await moveClockTo(citizen, booked.start, -5);
  const called = await clerk.ok(press(clerk, Number(window.window), "next"));
  expect(called.ticket.number).toBe("R001");
  const board = await hall.next((frame) =>
    frame.calls.some((call: any) => call.number === "R001" && call.is_current),
  );
  expect(board.calls[0].window).toBe(window.window);

  const status = await citizen.get(`/api/v1/tickets/${ticket.token}`);
  expect(status.body.state).toBe("called");
  expect(status.body.window).toBe(window.window);
  const unchanged = await citizen.get(`/api/v1/tickets/${ticket.token}`, {
    "if-none-match": status.headers.get("etag") ?? "",
  });
  expect(unchanged.status).toBe(304);

  await clerk.ok(press(clerk, Number(window.window), "start"));
  await moveClockTo(citizen, booked.start, 10);
  await clerk.ok(press(clerk, Number(window.window), "finish"));

  const waits = await clerk.ok(clerk.get(`/api/v1/offices/${office}/waits`));
  const mine = waits.tickets.find((t: any) => t.number === "R001");
  expect(mine.state).toBe("finished");
  const calledWait = Math.floor(
    (Date.parse(called.ticket.first_called_at) - Date.parse(ticket.issued_at)) / 1000,
  );
  expect(mine.wait_seconds).toBe(calledWait);
  expect(calledWait).toBeGreaterThanOrEqual(7 * 60 - 5);
  expect(calledWait).toBeLessThan(7 * 60 + 30);
  const shown = await citizen.ok(
    citizen.call("POST", "/api/v1/reservations/show", { secret: booked.secret }),
  );
  expect(shown.state).toBe("served");
  hall.close();
});

test("a cancelled reservation leaves the expected list and cannot check in", async () => {
  const booked = await bookSoonest(citizen, "seal");
  await citizen.ok(
    citizen.post("/api/v1/reservations/cancel", {
      code: booked.code,
      date: booked.date,
      time: booked.time,
    }),
  );
  const refused = await kiosk.post(`/api/v1/offices/${office}/check-ins`, {
    issuer: "k",
    message_id: randomUUID(),
    code: booked.code,
  });
  expect(refused.body.code).toBe("reservation_cancelled");
});

test("the ticket page works without scripts", async () => {
  const ticket = await kiosk.ok(
    kiosk.post(`/api/v1/offices/${office}/tickets`, {
      issuer: "k",
      message_id: randomUUID(),
      service: "cert",
    }),
  );
  const page = await fetch(`${server.url}/t/${ticket.token}`, {
    headers: { "accept-language": "en" },
  });
  const html = await page.text();
  expect(page.status).toBe(200);
  expect(html).toContain('lang="en"');
  expect(html).toContain(ticket.number.slice(1));
  expect(html).toContain("Certificates");
  expect(page.headers.get("cache-control")).toBe("private, no-cache");
  expect(html).not.toMatch(/\{\{/);
});
