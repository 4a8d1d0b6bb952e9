// Too early for a reservation: the kiosk says when to come back, offers what is free before, and a ticket now, which gives
// the reservation up.
import { expectAccessible } from "./support/axe.ts";
import { bookOnPage } from "./support/booking.ts";
import { expect, test } from "./support/fixtures.ts";
import type { House } from "./support/house.ts";
import { KioskPage } from "./support/kiosk.ts";
import { wordsOf } from "./support/words.ts";

const words = wordsOf("ja");

async function comeEarly(kiosk: KioskPage, code: string): Promise<string[]> {
  await kiosk.press("booked");
  await kiosk.typeCode(code);
  await kiosk.refuses("check_in_too_early");
  return earlierTimes(kiosk);
}

async function earlierTimes(kiosk: KioskPage): Promise<string[]> {
  const keys = await kiosk.page.locator("[data-press^=earlier-]").all();
  const names = await Promise.all(keys.map((key) => key.getAttribute("data-press")));
  return names.map((name) => name?.replace("earlier-", "") ?? "");
}

/** As another kiosk of the office does. */
async function moveElsewhere(house: House, office: string, code: string, time: string) {
  const authorization = `Device ${house.deviceKey(`${office}-kiosk-1`)}`;
  await house.post(`/api/v1/offices/${office}/moves`, { code, time }, { authorization });
}

const before = (instant: string, minutes: number) =>
  new Date(Date.parse(instant) - minutes * 60_000).toISOString();

/** Of the office; summer time is unknown there. */
const wallClock = (instant: string) => before(instant, -9 * 60).slice(11, 16);

/** What is read ends above what is pressed, and that above the tools; every answer holds its words. */
async function expectNothingCovered({ page }: KioskPage): Promise<void> {
  const overlaps = await page.evaluate(() => {
    const edge = (name: string) => document.querySelector(name)?.getBoundingClientRect();
    const read = edge(".k-timeline")?.bottom ?? Number.NaN;
    const first = edge("main > :first-child")?.top ?? Number.NaN;
    const last = edge("main > :last-child")?.bottom ?? Number.NaN;
    const tools = edge(".k-tools")?.top ?? Number.NaN;
    const answers = [...document.querySelectorAll("main button")];
    const words = answers.every((answer) => answer.scrollHeight <= answer.clientHeight);
    return { read: read <= first, body: last <= tools, words };
  });
  expect(overlaps).toEqual({ read: true, body: true, words: true });
}

test("an earlier time is one press, and the paper comes with it", async ({ house, openScreen }) => {
  const office = "kokurakita";
  const { code, reservation } = await bookOnPage(await openScreen("phone"), house.server, office);
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  // The half hours before it are free; the check-in for the first of them is open.
  await house.moveClockTo(before(reservation.start, 70));
  const times = await comeEarly(kiosk, code);
  const [first = ""] = times;
  const halfHours = [60, 30].map((minutes) => wallClock(before(reservation.start, minutes)));
  expect(times).toEqual(halfHours);
  const goal = wallClock(reservation.check_in_from).replace(/^0/, "");
  await expect(kiosk.page.locator(".k-timeline .is-goal b")).toHaveText(goal);
  await expectAccessible(kiosk.page);
  await kiosk.page.screenshot({ path: "../../build/test/kiosk-early.png" });

  await kiosk.press("text");
  await expectNothingCovered(kiosk);
  await kiosk.page.screenshot({ path: "../../build/test/kiosk-early-large.png" });

  const { ticket } = await kiosk.takeTicket(() => kiosk.press(`earlier-${first}`));
  expect(ticket.number).toBe("R001");
  expect(wallClock(ticket.reserved_for ?? "")).toBe(first);
});

test("a later one of them is kept until it opens: the screen says so, in English too", async ({
  house,
  openScreen,
}) => {
  const office = "kokurakita";
  const { code } = await bookOnPage(await openScreen("phone"), house.server, office);
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  await kiosk.speak("en");
  const last = (await comeEarly(kiosk, code)).at(-1) ?? "";
  await kiosk.press(`earlier-${last}`);
  await expect(kiosk.page.locator(".k-timeline div").last()).toContainText(last.replace(/^0/, ""));
  const moved = wordsOf("en")("kiosk.early.moved_title", { slot: last.replace(/^0/, "") });
  await expect(kiosk.page.locator("h1")).toHaveText(moved);
  await expectNothingCovered(kiosk);
  await kiosk.press("text");
  await kiosk.page.screenshot({ path: "../../build/test/kiosk-moved.png" });
  await expectNothingCovered(kiosk);
});

test("a ticket instead is one press, said to cancel the reservation, and does", async ({
  house,
  openScreen,
}) => {
  const office = "kokurakita";
  const phone = await openScreen("phone");
  const { code, address } = await bookOnPage(phone, house.server, office);
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  await comeEarly(kiosk, code);
  await expect(kiosk.page.locator("[data-press=ticket-instead]")).toContainText(
    words("kiosk.early.ticket_text"),
  );
  const { ticket } = await kiosk.takeTicket(() => kiosk.press("ticket-instead"));
  expect(ticket.number).toBe("A001");
  await phone.goto("about:blank");
  await phone.goto(address);
  const heading = phone.getByRole("heading", { level: 1 });
  await expect(heading).toContainText(words("visit.state.cancelled"));
});

test("a time that somebody else took is told, with what is still free", async ({
  house,
  openScreen,
}) => {
  const office = "moji"; // one place a time
  const mine = await bookOnPage(await openScreen("phone"), house.server, office);
  const other = await bookOnPage(await openScreen("phone"), house.server, office);
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  const [first = ""] = await comeEarly(kiosk, mine.code);
  await moveElsewhere(house, office, other.code, first);
  await kiosk.press(`earlier-${first}`);
  await kiosk.refuses("slot_full");
  const slot = mine.reservation.time.replace(/^0/, "");
  await expect(kiosk.page.getByText(words("kiosk.early.lost", { slot }))).toBeVisible();
  expect(await earlierTimes(kiosk)).not.toContain(first);
  await kiosk.press("text");
  await expectNothingCovered(kiosk);
  await kiosk.page.screenshot({ path: "../../build/test/kiosk-lost.png" });
  await kiosk.press("end");
  await kiosk.shows("start");
});
