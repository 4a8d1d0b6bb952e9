// A clerk beside the line: goes to a kiosk that calls, and gives numbers at the counter's own desk.
import { expectAccessible } from "./support/axe.ts";
import { bookOnPage } from "./support/booking.ts";
import { CounterPage } from "./support/counter.ts";
import { expect, test } from "./support/fixtures.ts";
import { KioskPage } from "./support/kiosk.ts";
import { wordsOf } from "./support/words.ts";

const office = "kokurakita";
const words = wordsOf("ja");

test("a kiosk calls for staff: every counter sees it, one goes, the visitor is told", async ({
  house,
  openScreen,
}) => {
  const counter = new CounterPage(await openScreen("desk"));
  await counter.signIn(house, office);
  await counter.openWindow("1");
  const other = new CounterPage(await openScreen("desk"));
  await other.signIn(house, office);
  await other.openWindow("2");
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  await kiosk.press("staff");
  await expect(kiosk.page.locator("h1")).toHaveText(words("kiosk.staff.told.title"));
  await expectAccessible(kiosk.page);

  for (const { page } of [counter, other]) {
    await expect(page.locator(".m-call")).toContainText(words("counter.calls.reason.help"));
    await expect(page.locator(".m-call")).toContainText("受付機 1");
  }
  // It waits beside the work: nothing took the keys away.
  await expect(counter.page.locator("[data-go]")).toBeFocused();
  await expectAccessible(counter.page);
  await counter.key("a");
  await expect(counter.page.locator(".m-call")).toHaveCount(0);
  await expect(other.page.locator(".m-call")).toHaveCount(0);
  await expect(kiosk.page.locator("h1")).toHaveText(words("kiosk.staff.coming.title"));
  await expectAccessible(kiosk.page);
});

test("the desk gives a number, checks a reservation in, and says why not", async ({
  house,
  openScreen,
}) => {
  const phone = await openScreen("phone");
  const { code, reservation } = await bookOnPage(phone, house.server, office);
  const counter = new CounterPage(await openScreen("desk"));
  await counter.signIn(house, office);
  await counter.openWindow("1");
  const { page } = counter;

  await counter.key("d");
  await expect(page.locator("#desk-seek")).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.type("転入");
  await page.locator("#desk-language").selectOption("vi");
  await page.keyboard.press("Enter");
  const given = page.locator("[data-given]");
  await expect(given).toHaveAttribute("data-given", "A001");
  await expect(given.getByRole("img")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page.locator("dialog")).toHaveCount(0);
  await expect(page.locator("tr[data-number=A001]")).toBeVisible();
  await expect(page.locator("[data-go]")).toBeFocused();

  const checkIn = async () => {
    await page.locator("[data-desk]").click();
    await page.locator("[data-way=check_in]").click();
    await expect(page.locator("#desk-code")).toBeFocused();
    await page.keyboard.type(code);
    await page.keyboard.press("Enter");
  };
  await checkIn();
  await expect(page.locator("dialog [role=alert]")).not.toBeEmpty();
  await expectAccessible(page);
  await counter.key("Escape");
  await expect(page.locator("dialog")).toHaveCount(0);
  await house.moveClockTo(reservation.check_in_from);
  await checkIn();
  await expect(given).toHaveAttribute("data-given", "R001");
});
