// A ticket of which nobody knows whether it came out: only the visitor can see, and a second one is marked.
import { errand, service } from "./support/booking.ts";
import { readQr } from "./support/codes.ts";
import { expect, test } from "./support/fixtures.ts";
import { KioskPage } from "./support/kiosk.ts";
import { wordsOf } from "./support/words.ts";

const office = "kokurakita";

test("the printer falls silent: asks whether the ticket came out, and prints a marked copy", async ({
  house,
  openScreen,
}) => {
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  // It goes on printing and cuts, but no answer arrives any more.
  await house.loadPrinterScript(office, "row 300 silent");
  await kiosk.press("none");
  await kiosk.press(errand);
  await kiosk.press(service);
  await kiosk.shows("question");
  await expect(kiosk.page.getByText(wordsOf("ja")("kiosk.question.title"))).toBeVisible();
  await expect(kiosk.page.locator(".k-screen")).toHaveAttribute("data-number", "A001");
  expect(await house.papers(office)).toHaveLength(1);

  await house.setPrinterFaults(office, { silent: false });
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
  await house.loadPrinterScript(office, "row 300 silent");
  await kiosk.press("none");
  await kiosk.press(errand);
  await kiosk.press(service);
  await kiosk.shows("question");
  await house.setPrinterFaults(office, { silent: false });
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
