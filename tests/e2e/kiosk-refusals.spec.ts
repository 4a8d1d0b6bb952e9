// Every "no" of the kiosk leads on, and a number is given only with paper in sight or kept safe without it.
import { bookOnPage, errand, service } from "./support/booking.ts";
import { readQr } from "./support/codes.ts";
import { expect, test } from "./support/fixtures.ts";
import { KioskPage } from "./support/kiosk.ts";
import { wordsOf } from "./support/words.ts";

const office = "kokurakita";
const words = wordsOf("ja");

interface Board {
  waiting: { group: string; waiting: number }[];
}

test("too early: says when to come back, and the reservation stays", async ({
  house,
  openScreen,
}) => {
  const phone = await openScreen("phone");
  const { code, reservation } = await bookOnPage(phone, house.server, office);
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  await kiosk.press("booked");
  await kiosk.typeCode(code);
  await kiosk.refuses("check_in_too_early");
  const slot = reservation.time.replace(/^0/, "");
  await expect(kiosk.page.locator(".k-timeline")).toContainText(slot);
  await expect(kiosk.page.locator(".k-timeline .is-goal")).toBeVisible();
  await kiosk.press("end");
  await kiosk.shows("start");

  await house.moveClockTo(reservation.check_in_from);
  await kiosk.press("booked");
  const { ticket } = await kiosk.takeTicket(() => kiosk.typeCode(code));
  expect(ticket.number).toBe("R001");

  // A second time the kiosk shows the number that there is.
  await kiosk.press("end");
  await kiosk.press("booked");
  await kiosk.typeCode(code);
  await kiosk.refuses("already_checked_in");
  await expect(kiosk.page.locator(".k-number")).toContainText("R001");
});

test("not found: tries again, and after three times calls staff first", async ({
  house,
  openScreen,
}) => {
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  await kiosk.press("booked");
  // A wrong check digit is told before anything is asked.
  await kiosk.typeCode("12345678");
  await expect(kiosk.page.locator(".k-entry__fault")).toHaveText(words("kiosk.code.check"));
  await kiosk.press("clear");
  // Well formed, but nobody's (the last digit is the check digit).
  for (const [tries, code] of ["12345672", "87654321", "11111110"].entries()) {
    if (tries > 0) await kiosk.press("again");
    await kiosk.shows("code");
    await kiosk.typeCode(code);
    await kiosk.refuses("check_in_not_found");
    const isOften = tries > 0; // the mistyped one counts, too
    await expect(kiosk.page.locator(".k-way--main")).toHaveAttribute(
      "data-press",
      isOften ? "call-staff" : "again",
    );
  }
  await expect(kiosk.page.getByText(words("kiosk.not_found.often"))).toBeVisible();
  await kiosk.press("call-staff");
  await kiosk.shows("staff");
});

test("another office's reservation: says where it is", async ({ house, openScreen }) => {
  const phone = await openScreen("phone");
  const { token, reservation } = await bookOnPage(phone, house.server, "moji");
  await house.moveClockTo(reservation.check_in_from);
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  await kiosk.scan(token);
  await kiosk.refuses("check_in_other_office");
  await expect(kiosk.page.locator("h1")).toContainText("門司区役所");
  // A new time is booked on the phone: the code leads there.
  const way = kiosk.page.locator(".k-way--code .m-pass__qr");
  await expect(way).toBeVisible();
  expect(readQr(await way.screenshot())).toMatch(new RegExp(`^http://.*/\\?office=${office}$`));
  await kiosk.press("end");
  // A foreign code is told kindly.
  await kiosk.scan("HTTPS://EXAMPLE.JP/");
  await kiosk.shows("misread");
});

test("paper out before: no number is given, and the kiosk says so first", async ({
  house,
  openScreen,
}) => {
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  await house.setPrinterFaults(office, { paper_out: true });
  await kiosk.shows("cannot_print");
  await expect(kiosk.page.getByText(words("kiosk.cannot_print.out_title"))).toBeVisible();
  await kiosk.press("call-staff");
  await kiosk.shows("staff");
  await kiosk.press("back");

  await house.setPrinterFaults(office, { paper_out: false });
  await kiosk.shows("start");
  const { ticket } = await kiosk.walkIn(errand, service);
  expect(ticket.number).toBe("A001");
});

test("paper out while it prints: keeps the number, prints it again", async ({
  house,
  openScreen,
}) => {
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  await house.setPrinterFaults(office, { slow: true });
  await kiosk.press("none");
  await kiosk.press(errand);
  await kiosk.press(service);
  await kiosk.shows("ticket");
  await house.setPrinterFaults(office, { paper_out: true, slow: false });
  // The printer tells that no whole ticket is out, so nobody is asked.
  await expect(kiosk.page.getByText(words("kiosk.no_paper.strong"))).toBeVisible();
  await expect(kiosk.page.locator(".k-number")).toContainText("A001");
  const kept = await kiosk.readFollowCode();
  const { waiting } = await house.get<Board>(`/api/v1/offices/${office}/board`);
  expect(waiting.find(({ group }) => group === "A")?.waiting).toBe(1);
  await kiosk.press("noted");
  await kiosk.shows("cannot_print");

  // With paper again the kept number is printed, and the next visitor gets the next one.
  await house.setPrinterFaults(office, { paper_out: false });
  await kiosk.shows("start");
  const { ticket } = await kiosk.walkIn(errand, service);
  expect(ticket).toMatchObject({ number: "A002", people_ahead: 1 });
  await expect
    .poll(async () => {
      const sheets = await house.papers(office);
      const pictures = await Promise.all(sheets.map(({ id }) => house.paperPicture(office, id)));
      // The strip of the first try is cut off before them.
      return pictures.map(readQr).filter(Boolean).sort();
    })
    .toEqual([kept, ticket.url].sort());
});
