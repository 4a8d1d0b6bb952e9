// How long still, wherever it is told: the kiosk's buttons, its ticket screen and the paper, the phone, the counter and the
// hall say the same; a promise that is kept or missed is shown, and a delay is told with its cause.
import type { Page } from "@playwright/test";
import { errand, service } from "./support/booking.ts";
import { CounterPage } from "./support/counter.ts";
import { expect, test } from "./support/fixtures.ts";
import { HallPage } from "./support/hall.ts";
import type { House } from "./support/house.ts";
import { KioskPage, type Ticket } from "./support/kiosk.ts";
import { expectedPaper } from "./support/paper.ts";
import { wordsOf } from "./support/words.ts";

const office = "kokurakita";
const words = wordsOf("ja");
/** On the office's wall, as people write it. */
const clockOf = (instant: string) =>
  new Date(Date.parse(instant) + 9 * 3_600_000).toISOString().slice(11, 16).replace(/^0/, "");

function rangeOf({ estimate }: Ticket): string {
  if (!estimate) throw new Error("the ticket promises nothing");
  return `約${estimate.low_minutes}〜${estimate.high_minutes}分`;
}

function latestOf({ estimate }: Ticket): string {
  return `遅くとも ${clockOf(estimate?.at_latest ?? "")}ごろ`;
}

async function takeAnother(kiosk: KioskPage) {
  await kiosk.press("another");
  await kiosk.shows("groups");
  await kiosk.press(errand);
  await kiosk.shows("services");
  return kiosk.takeTicket(() => kiosk.press(service));
}

async function openAll(
  house: House,
  openScreen: (kind: "kiosk" | "hall" | "desk") => Promise<Page>,
) {
  const counter = new CounterPage(await openScreen("desk"));
  await counter.signIn(house, office);
  await counter.openWindow("1");
  const hall = await HallPage.open(await openScreen("hall"), house, office);
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  return { counter, hall, kiosk };
}

test("tells the same wait on every screen and on paper, and keeps account of it", async ({
  house,
  openScreen,
}) => {
  const { counter, hall, kiosk } = await openAll(house, openScreen);
  const line = hall.page.locator(".m-waits [data-group=A]");
  const row = (number: string) => counter.page.locator(`tr[data-number=${number}]`);

  // A free window and nobody there.
  await expect(line).toContainText(words("wait.now"));
  await kiosk.press("none");
  await kiosk.press(errand);
  const button = kiosk.page.locator(`[data-press=${service}] .k-service__wait`);
  await expect(button).toHaveText(words("kiosk.waiting.none") + words("wait.now"));
  const first = await kiosk.takeTicket(() => kiosk.press(service));
  expect(first.ticket.estimate).toMatchObject({ is_soon: true });
  await expect(kiosk.page.locator(".k-fact--wait b")).toHaveText(words("wait.soon"));
  expect(first.paper.equals(expectedPaper(first.ticket))).toBe(true);

  // Called in time.
  await counter.space("call");
  await counter.isIn("called");
  await expect(counter.page.locator(".m-person__facts .m-kept")).toHaveText(
    words("counter.person.kept"),
  );
  await counter.space("arrived");
  await counter.isIn("serving");

  // The next ones wait.
  await takeAnother(kiosk);
  await expect(line).toHaveAttribute("data-waiting", "1");
  await expect(line.locator(".m-waits__range")).toHaveText(/約\d+〜\d+分/);
  const { ticket, paper } = await takeAnother(kiosk);
  const range = rangeOf(ticket);
  await expect(kiosk.page.locator(".k-fact--wait b")).toHaveText(range);
  await expect(kiosk.page.locator(".k-fact--wait")).toContainText(latestOf(ticket));
  expect(paper.equals(expectedPaper(ticket))).toBe(true);
  const { estimate: _, ...bare } = ticket;
  expect(paper.equals(expectedPaper(bare))).toBe(false);

  const phone = await openScreen("phone", { javaScriptEnabled: false });
  await phone.goto(ticket.url);
  await expect(phone.locator(".m-wait")).toContainText(words("wait.label"));
  await expect(phone.locator(".m-wait b").nth(1)).toHaveText(/約\d+〜\d+分/);
  await expect(phone.locator(".m-wait p")).toHaveText(/遅くとも \d+:\d\dごろ/);
  const told = clockOf(ticket.estimate?.at_latest ?? "");
  await expect(row(ticket.number)).toContainText(told.padStart(5, "0"));
  await expect(row(ticket.number)).toContainText(/あと\d+分/);

  // Long past it, with one person still at the window: said everywhere, and why.
  await house.moveClockBy(3 * 3600);
  await counter.page.reload();
  await expect(row(ticket.number)).toContainText(/\d+分超過/);
  await expect(async () => {
    await phone.reload();
    await expect(phone.locator(".t-delay")).toContainText(told, { timeout: 500 });
  }).toPass();
  await expect(phone.locator(".t-delay")).toContainText(words("ticket.delay.longer_services"));
});
