// The ticket's page is complete without scripts: a number and the people ahead on any phone.
import { errand, service } from "./support/booking.ts";
import { expect, test } from "./support/fixtures.ts";
import { KioskPage } from "./support/kiosk.ts";
import { wordsOf } from "./support/words.ts";

const words = wordsOf("ja");

test("shows number, people ahead and place without scripts", async ({ house, openScreen }) => {
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, "moji");
  await kiosk.walkIn(errand, service);
  await kiosk.press("another");
  await kiosk.shows("groups");
  await kiosk.press(errand);
  const { ticket } = await kiosk.takeTicket(() => kiosk.press(service));
  expect(ticket).toMatchObject({ number: "A002", people_ahead: 1 });

  const phone = await openScreen("phone", { javaScriptEnabled: false });
  await phone.goto(ticket.url);
  await expect(phone.locator("h1")).toHaveText("A002");
  await expect(phone.locator(".m-wait")).toContainText(words("ticket.ahead"));
  await expect(phone.locator(".m-wait b").first()).toContainText("1");
  await expect(phone.locator(".m-facts")).toContainText("A");
  // It renews itself, and what needs scripts does not stand there dead.
  await expect(phone.locator("meta[http-equiv=refresh]")).toBeAttached();
  for (const mark of ["notify", "line", "silence"]) {
    await expect(phone.locator(`[data-${mark}]`).filter({ visible: true })).toHaveCount(0);
  }
  await phone.locator("footer a[lang=en]").click();
  await expect(phone.locator("html")).toHaveAttribute("lang", "en");
  await expect(phone.locator("h1")).toHaveText("A002");
});
