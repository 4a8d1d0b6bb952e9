// The main job through all screens, in two offices at the same time: book at home, check in at the kiosk, take the paper,
// be called by a clerk, see it in the hall and on the phone, be served; the recorded wait is the wait that was.
import type { Page } from "@playwright/test";
import { type Booking, bookOnPage } from "./support/booking.ts";
import { readQr } from "./support/codes.ts";
import { CounterPage } from "./support/counter.ts";
import { expect, type Office, type OpenScreen, offices, test } from "./support/fixtures.ts";
import { HallPage } from "./support/hall.ts";
import type { House } from "./support/house.ts";
import { KioskPage, type Ticket } from "./support/kiosk.ts";

const windowOf: Record<Office, string> = { kokurakita: "1", moji: "2" };
const waitSeconds = 420;
const serviceSeconds = 900;

/** The server's clock around something that happened, in ms. */
interface Span {
  from: number;
  until: number;
}

async function during(house: House, act: () => Promise<void>): Promise<Span> {
  const from = await house.now();
  await act();
  return { from, until: await house.now() };
}

interface Visit {
  office: Office;
  phone: Page;
  booking: Booking;
  hall: HallPage;
  counter: CounterPage;
  ticket: Ticket;
  issued: Span;
}

async function prepare(house: House, openScreen: OpenScreen, office: Office) {
  const phone = await openScreen("phone");
  const booking = await bookOnPage(phone, house.server, office);
  expect(booking.code).toMatch(/^[0-9]{8}$/);
  const hall = await HallPage.open(await openScreen("hall"), house, office);
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  const counter = new CounterPage(await openScreen("desk"));
  await counter.signIn(house, office);
  await counter.openWindow(windowOf[office]);
  return { office, phone, booking, hall, kiosk, counter };
}

type Prepared = Awaited<ReturnType<typeof prepare>>;

/** One by the digits, the other by the code on the phone's screen. */
async function checkIn(house: House, prepared: Prepared): Promise<Visit> {
  const { office, kiosk, booking } = prepared;
  const act =
    office === "kokurakita"
      ? async () => {
          await kiosk.press("booked");
          await kiosk.shows("code");
          await kiosk.typeCode(booking.code);
        }
      : () => kiosk.scan(booking.token);
  let taken: Awaited<ReturnType<KioskPage["takeTicket"]>> | undefined;
  const issued = await during(house, async () => {
    taken = await kiosk.takeTicket(act);
  });
  if (!taken) throw new Error("no ticket");
  const { ticket, paper } = taken;
  expect(ticket.number).toBe("R001");
  expect(readQr(paper)).toBe(ticket.url);
  expect(await kiosk.readFollowCode()).toBe(ticket.url);
  expect(new URL(ticket.url).pathname).toBe(`/t/${ticket.token}`);
  return { ...prepared, ticket, issued };
}

async function follow({ phone, ticket }: Visit): Promise<void> {
  await phone.goto(ticket.url);
  await expect(phone.locator("main")).toHaveAttribute("data-state", "waiting");
  await expect(phone.locator("main")).toHaveAttribute("data-ahead", String(ticket.people_ahead));
  await expect(phone.locator("h1")).toHaveText(ticket.number);
}

async function call(house: House, visit: Visit): Promise<Span> {
  const { office, phone, hall, counter, ticket } = visit;
  const called = await during(house, async () => {
    await counter.space("call");
    await counter.isIn("called");
  });
  await counter.sees(ticket.number);
  await hall.calls(ticket.number, windowOf[office]);
  // One looks again, unless the page was first; the other's page finds out by itself.
  const renew = phone.locator("[data-renew]");
  if (office === "kokurakita" && (await renew.isVisible())) await renew.click();
  await expect(phone.locator("main")).toHaveAttribute("data-state", "called");
  await expect(phone.locator("h1 [data-for=called]")).toBeVisible();
  await expect(phone.locator(".t-called__to b")).toHaveText(windowOf[office]);
  return called;
}

interface Clocks {
  number: string;
  state: string;
  wait_seconds?: number;
  service_seconds?: number;
}

async function clocksOf(house: House, { office, counter, booking }: Visit): Promise<Clocks[]> {
  const day = booking.reservation.date;
  const path = `/api/v1/offices/${office}/waits?date=${day}`;
  const answer = await counter.page.request.get(house.server + path);
  return ((await answer.json()) as { tickets: Clocks[] }).tickets;
}

function expectSeconds(seconds: number | undefined, first: Span, second: Span): void {
  expect(seconds).toBeGreaterThanOrEqual(Math.floor((second.from - first.until) / 1000));
  expect(seconds).toBeLessThanOrEqual(Math.ceil((second.until - first.from) / 1000));
}

test("a booked visit, from home to the recorded wait, in two offices at once", async ({
  house,
  openScreen,
}) => {
  const prepared = await Promise.all(offices.map((one) => prepare(house, openScreen, one)));
  for (const { booking } of prepared) await house.moveClockTo(booking.reservation.check_in_from);

  const visits = await Promise.all(prepared.map((one) => checkIn(house, one)));
  await Promise.all(visits.map(follow));
  await house.moveClockBy(waitSeconds);

  const called = await Promise.all(visits.map((visit) => call(house, visit)));
  const started = await Promise.all(
    visits.map(({ counter }) =>
      during(house, async () => {
        await counter.space("arrived");
        await counter.isIn("serving");
      }),
    ),
  );
  await house.moveClockBy(serviceSeconds);
  const finished = await Promise.all(
    visits.map(({ counter }) =>
      during(house, async () => {
        await counter.space("finish");
        await counter.isIn("free");
      }),
    ),
  );

  for (const [at, visit] of visits.entries()) {
    const [row, ...more] = await clocksOf(house, visit);
    expect(more).toEqual([]);
    expect(row).toMatchObject({ number: "R001", state: "finished" });
    const spans = { called: called[at], started: started[at], finished: finished[at] };
    if (!row || !spans.called || !spans.started || !spans.finished) throw new Error("no clocks");
    expectSeconds(row.wait_seconds, visit.issued, spans.called);
    expectSeconds(row.service_seconds, spans.started, spans.finished);
    expect(row.wait_seconds).toBeGreaterThanOrEqual(waitSeconds);
    expect(row.service_seconds).toBeGreaterThanOrEqual(serviceSeconds);
    // Nothing of the other office was ever on this display: both have an R001, but at another window.
    expect(await visit.hall.everShown()).toEqual([`R001 at ${windowOf[visit.office]}`]);
  }
});
