// What a ticket's holder sees on the phone, and what it costs to ask again.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Api } from "./support/api.ts";
import { Server } from "./support/server.ts";
import { office, press, pullTicket } from "./support/visit.ts";

let server: Server;
let citizen: Api;
let kiosk: Api;
beforeAll(async () => {
  server = await Server.start();
  citizen = new Api(server);
  kiosk = Api.device(server, `${office}-kiosk-1`);
});
afterAll(() => server.close());

const pull = (service: string) => kiosk.ok(pullTicket(kiosk, service, randomUUID()));
const ask = (token: string, tag = "") =>
  citizen.get(`/api/v1/tickets/${token}`, tag ? { "if-none-match": tag } : {});

test("the tag stays while others come and go, and changes when the line moves", async () => {
  const before = await pull("move_in");
  const mine = await pull("move_in");
  const first = await ask(mine.token);
  expect(first.body.people_ahead).toBe(1);
  const tag = first.headers.get("etag") ?? "";
  expect(tag).toMatch(/^W\/"[0-9a-f]{32}"$/);

  await pull("move_in");
  await pull("nhi_join");
  expect((await ask(mine.token, tag)).status).toBe(304);
  const again = await ask(mine.token);
  expect(again.headers.get("etag")).toBe(tag);
  expect(Date.parse(again.body.as_of)).toBeGreaterThanOrEqual(Date.parse(first.body.as_of));

  const clerk = await Api.clerk(server, office);
  const press = (body: object) =>
    clerk.ok(clerk.post(`/api/v1/offices/${office}/windows/1/commands`, body));
  await press({ command: "open" });
  const called = await press({ command: "next" });
  expect(called.ticket.number).toBe(before.number);
  const moved = await ask(mine.token, tag);
  expect(moved.status).toBe(200);
  expect(moved.body.people_ahead).toBe(0);
});

// A page says the minute at which it was made, so two pages may differ by that alone.
test("the page is sent once a minute at most when nothing changed", async () => {
  const { token } = await pull("move_in");
  const page = (headers: Record<string, string> = {}) =>
    fetch(`${server.url}/t/${token}`, { headers: { accept: "text/html", ...headers } });
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 3 && statuses.at(-1) !== 304; attempt++) {
    const first = await page();
    expect(first.status).toBe(200);
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    expect(await first.text()).toMatch(/<time data-as-of>\d?\d:\d\d<\/time>/);
    const again = await page({ "if-none-match": first.headers.get("etag") ?? "" });
    statuses.push(again.status);
    if (again.status === 304) expect(await again.text()).toBe("");
  }
  expect(statuses.at(-1)).toBe(304);

  const seen = await page();
  const body = await seen.text();
  const status = await ask(token);
  expect(body).toContain(`data-etag="${status.headers.get("etag")?.replaceAll('"', "&quot;")}"`);
  const english = await page({
    "if-none-match": seen.headers.get("etag") ?? "",
    "accept-language": "en",
  });
  expect(english.status).toBe(200);
});

test("a clerk who leaves moves the time with its cause, in the page's words", async () => {
  const clerk = await Api.clerk(server, office);
  const two = (command: string) => clerk.ok(press(clerk, 2, command));
  const seen = async (token: string) =>
    expect.poll(async () => (await ask(token)).body.estimate).toBeDefined();
  for (let i = 0; i < 5; ++i) await seen((await pull("move_in")).token);
  const { token } = await pull("move_in");
  const status = async () => (await ask(token)).body;
  await seen(token);
  const alone = Date.parse((await status()).estimate.at_latest);
  await two("open");
  await expect
    .poll(async () => Date.parse((await status()).estimate.at_latest))
    .toBeLessThan(alone - 5 * 60_000);
  expect(await status()).not.toHaveProperty("delay");
  expect((await status()).has_more_windows).toBe(true);
  const page = async () => {
    const headers = { "accept-language": "en" };
    return (await fetch(`${server.url}/t/${token}`, { headers })).text();
  };
  expect(await page()).toContain("Your call may come earlier than was shown before");
  expect(await page()).toContain("More windows are open now.");
  await two("close");
  await expect.poll(async () => (await status()).delay).toBe("fewer_windows");
  expect((await status()).has_more_windows).toBe(false);
  expect(await page()).toContain("Your call may come later than was shown before");
  expect(await page()).toContain("Fewer windows are open now.");
});
