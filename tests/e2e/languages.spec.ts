// Each language of the citizens, at the booking page on the smallest phone and at the kiosk: in place, whole and its own.
import { expect, test } from "./support/fixtures.ts";
import { KioskPage } from "./support/kiosk.ts";
import { languages, wordsOf } from "./support/words.ts";

const office = "kokurakita";

test("is spoken at the booking page on the smallest phone", async ({ house, openScreen }) => {
  const phone = await openScreen("phone");
  await phone.setViewportSize({ width: 320, height: 640 });
  for (const language of languages) {
    const words = wordsOf(language);
    await phone.goto(`${house.server}/?lang=${language}&office=${office}`);
    await expect(phone.locator("html")).toHaveAttribute("lang", language);
    await expect(phone.locator("h1")).toHaveText(words("booking.errand.title"));
    await expect(phone.locator("a.m-choice").first()).toBeVisible();
    const width = await phone.evaluate(() => document.documentElement.scrollWidth);
    expect(width, language).toBeLessThanOrEqual(320);
  }
});

test("is spoken at the kiosk, with its question above its answers", async ({
  house,
  openScreen,
}) => {
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  for (const language of languages) {
    const words = wordsOf(language);
    await kiosk.speak(language);
    await kiosk.press("none");
    await kiosk.shows("groups");
    const title = kiosk.page.locator("h1");
    const plain = words("kiosk.groups.title").replaceAll(/｜|《[^》]*》/g, "");
    const shown = await title.evaluate((h1) => {
      const copy = h1.cloneNode(true) as HTMLElement;
      for (const reading of copy.querySelectorAll("rt, rp")) reading.remove();
      return copy.textContent;
    });
    expect(shown).toBe(plain);
    const question = await title.boundingBox();
    const answer = await kiosk.page.locator(".k-body [data-press]").first().boundingBox();
    expect((question?.y ?? 0) + (question?.height ?? 0), language).toBeLessThanOrEqual(
      answer?.y ?? 0,
    );
    await kiosk.press("back");
    await kiosk.shows("start");
  }
});
