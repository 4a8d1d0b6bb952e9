// Every page is checked by axe; citizens' pages fit 320 px; a visit can be booked with the keyboard alone.
import type { Locator, Page } from "@playwright/test";
import { expectAccessible, expectNarrow } from "./support/axe.ts";
import { BookingPage, bookOnPage, errand, service } from "./support/booking.ts";
import { CounterPage } from "./support/counter.ts";
import { expect, test } from "./support/fixtures.ts";
import { HallPage } from "./support/hall.ts";
import { KioskPage } from "./support/kiosk.ts";
import { type Language, wordsOf } from "./support/words.ts";

const office = "kokurakita";

async function check(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectNarrow(page);
}

for (const language of ["ja", "en"] satisfies Language[]) {
  test(`booking and reservation pages in ${language}`, async ({ house, openScreen }) => {
    const words = wordsOf(language);
    const phone = await openScreen("phone", { locale: language });
    const booking = new BookingPage(phone, language);
    await booking.open(house.server);
    await check(phone);
    await booking.chooseOffice(office);
    await check(phone);
    await booking.chooseErrand();
    await check(phone);
    await booking.chooseService();
    await check(phone);
    await booking.goToTimes();
    await booking.takeSoonest();
    await check(phone);
    await booking.goToContact();
    await booking.leavePhone("12");
    await phone.getByRole("button", { name: words("booking.contact.next") }).click();
    await expect(phone.locator(".m-errors")).toBeFocused();
    await check(phone);
    await booking.leaveNoContact();
    await booking.goToCheck();
    await check(phone);
    const { address } = await booking.book();
    await check(phone);

    await phone.goto(address);
    await expect(phone.locator(".m-pass__qr")).toBeVisible();
    await check(phone);
    await phone.goto("about:blank");
    await phone.goto(`${house.server}/r`);
    await expect(phone.locator("#code")).toBeVisible();
    await check(phone);
  });
}

test("kiosk, ticket, counter and hall", async ({ house, openScreen }) => {
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  await expectAccessible(kiosk.page);
  await kiosk.press("booked");
  await kiosk.shows("code");
  await expectAccessible(kiosk.page);
  await kiosk.press("back");
  await kiosk.press("none");
  await kiosk.shows("groups");
  await expectAccessible(kiosk.page);
  await kiosk.press(errand);
  await kiosk.shows("services");
  await expectAccessible(kiosk.page);
  const { ticket } = await kiosk.takeTicket(() => kiosk.press(service));
  await expectAccessible(kiosk.page);

  const counter = new CounterPage(await openScreen("desk"));
  await counter.page.goto(`${house.server}/counter`);
  await expect(counter.page.locator("#name")).toBeVisible();
  await expectAccessible(counter.page);
  await counter.giveName(house, office, house.firstPassword(office) ?? "");
  await expect(counter.page.locator("#new-password")).toBeVisible();
  await expectAccessible(counter.page);
  await counter.choosePassword();
  await expect(counter.page.locator("button.m-spot").first()).toBeVisible();
  await expectAccessible(counter.page);
  await counter.openWindow("1");
  await expectAccessible(counter.page);

  const phone = await openScreen("phone");
  await phone.goto(ticket.url);
  await check(phone);
  const hall = await HallPage.open(await openScreen("hall"), house, office);
  await expectAccessible(hall.page);

  await counter.space("call");
  await counter.isIn("called");
  await hall.calls(ticket.number, "1");
  await expectAccessible(hall.page);
  await expectAccessible(counter.page);
  // The page asks again by itself.
  await expect(phone.locator("main")).toHaveAttribute("data-state", "called", { timeout: 30_000 });
  await check(phone);
});

for (const language of ["ja", "en"] satisfies Language[]) {
  test(`what the kiosk says when it cannot help, in ${language}`, async ({ house, openScreen }) => {
    const phone = await openScreen("phone");
    const { code } = await bookOnPage(phone, house.server, office);
    const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
    const begin = async () => {
      await kiosk.page.reload();
      await kiosk.shows("start");
      if (language !== "ja") await kiosk.speak(language);
    };
    await begin();
    await kiosk.press("booked");
    await kiosk.typeCode("12345678");
    await expect(kiosk.page.locator(".k-entry__fault")).not.toBeEmpty();
    await expectAccessible(kiosk.page);
    await kiosk.press("clear");
    await kiosk.typeCode("12345672");
    await kiosk.refuses("check_in_not_found");
    await expectAccessible(kiosk.page);
    await begin();
    await kiosk.press("booked");
    await kiosk.typeCode(code);
    await kiosk.refuses("check_in_too_early");
    await expectAccessible(kiosk.page);
    await begin();
    await kiosk.scan("HTTPS://EXAMPLE.JP/");
    await kiosk.shows("misread");
    await expectAccessible(kiosk.page);
    await kiosk.press("staff");
    await kiosk.shows("staff");
    await expectAccessible(kiosk.page);
    await begin();
    await house.setPrinterFaults(office, { paper_out: true });
    await kiosk.shows("cannot_print");
    await expectAccessible(kiosk.page);
    await house.setPrinterFaults(office, { paper_out: false });
    await kiosk.shows("start");
    await house.stopServer();
    await kiosk.shows("away");
    await expectAccessible(kiosk.page);
  });
}

test("kiosk in large text and in high contrast", async ({ house, openScreen }) => {
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  await kiosk.press("text");
  await kiosk.press("contrast");
  await expect(kiosk.page.locator("body")).toHaveClass(/m-kiosk--large.*m-contrast/);
  await expectAccessible(kiosk.page);
  await kiosk.press("none");
  await kiosk.shows("groups");
  await expectAccessible(kiosk.page);
});

// Presses Tab until the focus is there, as somebody without a mouse does.
async function tabTo(page: Page, goal: Locator): Promise<void> {
  await expect(goal).toBeVisible();
  for (let steps = 0; steps < 80; steps += 1) {
    if (await goal.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the focus never came to ${goal}`);
}

test("books with the keyboard alone", async ({ house, openScreen }) => {
  const words = wordsOf("ja");
  const page = await openScreen("desk");
  const booking = new BookingPage(page, "ja");
  const enter = async (goal: Locator) => {
    await tabTo(page, goal);
    await page.keyboard.press("Enter");
  };
  const choice = (part: string) => page.locator(`a.m-choice[href*="${part}"]`).first();
  await booking.open(house.server);
  await enter(choice(`office=${office}`));
  await booking.heading("booking.errand.title");
  // The heading has the focus, so that what follows is next.
  await expect(page.locator("h1")).toBeFocused();
  await enter(choice(`errand=${errand}`));
  await booking.heading("booking.errand.which");
  await enter(choice(`service=${service}`));
  await enter(page.getByRole("link", { name: words("booking.choose_time") }));
  await enter(page.locator(".m-soon button").first());
  await enter(page.getByRole("button", { name: words("booking.time.next") }));
  await booking.heading("booking.contact.title");
  const phone = page.getByLabel(words("booking.contact.phone"), { exact: true }).first();
  await tabTo(page, phone);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByLabel(words("booking.contact.none"))).toBeChecked();
  await enter(page.getByRole("button", { name: words("booking.contact.next") }));
  await booking.heading("booking.check.title");
  await enter(page.getByRole("button", { name: words("booking.book"), exact: true }));
  await booking.heading("booking.done.title");
});

test("axe finds what is planted", async ({ house, openScreen }) => {
  const phone = await openScreen("phone");
  await bookOnPage(phone, house.server, office);
  await phone.evaluate(() => document.body.append(document.createElement("img")));
  await expect(expectAccessible(phone)).rejects.toThrow("image-alt");
  await phone.evaluate(() => {
    const wide = document.createElement("div");
    wide.style.width = "500px";
    wide.textContent = "wide";
    document.querySelector("main")?.append(wide);
  });
  await expect(expectNarrow(phone)).rejects.toThrow("DIV");
});
