// A ticket of which nobody knows whether it came out: only the visitor can see, and a second one is marked. And paper that
// runs low or out: the counters know.
import { expectAccessible } from "./support/axe.ts";
import { errand, service } from "./support/booking.ts";
import { readQr } from "./support/codes.ts";
import { CounterPage } from "./support/counter.ts";
import { expect, test } from "./support/fixtures.ts";
import type { House } from "./support/house.ts";
import { KioskPage } from "./support/kiosk.ts";
import { wordsOf } from "./support/words.ts";

const office = "kokurakita";
const words = wordsOf("ja");

/** The printer goes on printing and cuts, but no answer arrives until it is asked about. */
async function printInSilence(kiosk: KioskPage, house: House): Promise<void> {
  await house.loadPrinterScript(office, "row 300 silent");
  await kiosk.press("none");
  await kiosk.press(errand);
  await kiosk.press(service);
  await kiosk.shows("question");
  await house.setPrinterFaults(office, { silent: false });
}

test("the printer falls silent: asks whether the ticket came out, and prints a marked copy", async ({
  house,
  openScreen,
}) => {
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  await printInSilence(kiosk, house);
  await expect(kiosk.page.getByText(words("kiosk.question.title"))).toBeVisible();
  await expect(kiosk.page.locator(".k-screen")).toHaveAttribute("data-number", "A001");
  expect(await house.papers(office)).toHaveLength(1);

  await kiosk.press("did-not-come-out");
  await kiosk.shows("ticket");
  await expect.poll(async () => (await house.papers(office)).length).toBe(2);
  const sheets = await house.papers(office);
  const [copy, first] = await Promise.all(sheets.map(({ id }) => house.paperPicture(office, id)));
  if (!copy || !first) throw new Error("two papers were counted");
  expect(readQr(copy), "the same number").toBe(readQr(first));
  expect(copy.equals(first), "the copy is marked").toBe(false);
  await expect(kiosk.page.locator(".k-out[role=status]")).toBeVisible();
});

test("the printer falls silent: what came out is not printed again", async ({
  house,
  openScreen,
}) => {
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  await printInSilence(kiosk, house);
  await kiosk.press("came-out");
  await kiosk.shows("ticket");
  await kiosk.press("end");
  await kiosk.shows("start");
  const { ticket } = await kiosk.walkIn(errand, service);
  expect(ticket.number).toBe("A002");
  expect(await house.papers(office)).toHaveLength(2);
});

test("paper out: the screen tells staff about the printer", async ({ house, openScreen }) => {
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  await house.setPrinterFaults(office, { paper_out: true });
  await kiosk.shows("cannot_print");
  await expect(kiosk.page.locator(".k-printer")).toContainText("TM-m30");
});

test.describe("on a short roll", () => {
  test.use({ rollMetres: 5 });

  test("the paper runs low: counters are called with the metres left, once a roll", async ({
    house,
    openScreen,
  }) => {
    const counter = new CounterPage(await openScreen("desk"));
    await counter.signIn(house, office);
    await counter.openWindow("1");
    const { page } = counter;
    const [call, note] = [page.locator(".m-call"), page.locator(".m-kiosk-note")];
    const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
    const metres = words("kiosk.printer.paper", { metres: 4 });

    await kiosk.walkIn(errand, service);
    await expect(call).toContainText(words("counter.calls.reason.paper_near_end"));
    await expect(call).toContainText(metres);
    await expect(note).toHaveCount(0);
    await expectAccessible(page);

    await house.setPrinterFaults(office, { paper_out: true });
    await expect(call).toContainText(words("paper.printer.paper_out"));
    await house.setPrinterFaults(office, { paper_out: false });
    await expect(call).toHaveCount(0);
    await expect(note).toHaveCount(0);

    await kiosk.press("end");
    await kiosk.walkIn(errand, service);
    await expect(call).toContainText(metres);
    await counter.key("a");
    await expect(call).toHaveCount(0);
    await expect(note).toContainText(words("paper.printer.paper_near_end"));
    await expect(note).toContainText(metres);
    await expect(note).toContainText(words("kiosk.printer.confirms.printed"));
    await counter.key("k");
    const row = page.locator("dialog [data-kiosk]");
    await expect(row).toContainText("TM-m30");
    await expect(row).toContainText(words("counter.kiosks.connected"));
    await expectAccessible(page);
    await counter.key("Escape");
    await expect(page.locator("[data-go]")).toBeFocused();
  });
});
