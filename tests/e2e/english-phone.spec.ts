// The same house in English: booking and cancelling on a phone, a ticket without a reservation at the kiosk.
import { BookingPage, bookOnPage, errand, service } from "./support/booking.ts";
import { readQr } from "./support/codes.ts";
import { expect, test } from "./support/fixtures.ts";
import { KioskPage } from "./support/kiosk.ts";
import { expectedPaper } from "./support/paper.ts";
import { wordsOf } from "./support/words.ts";

const office = "kokurakita";
const words = wordsOf("en");

test("books and cancels in English at phone size", async ({ house, openScreen }) => {
  const phone = await openScreen("phone", { locale: "en-US" });
  const { address, code, reservation } = await bookOnPage(phone, house.server, office, "en");
  await expect(phone.locator("html")).toHaveAttribute("lang", "en");
  await expect(phone.locator(".m-done__place")).toContainText("Kokurakita");

  // The link opens the reservation on another device, too.
  const other = await openScreen("phone", { locale: "en-US" });
  await other.goto(address);
  await expect(other.getByRole("heading", { level: 1 })).toContainText(words("visit.state.booked"));
  await expect(other.locator(".m-pass__code")).toContainText(code.slice(0, 4));

  const path = `/api/v1/offices/${office}/services/${service}/times?date=${reservation.date}`;
  const freePlaces = async () => {
    const { times } = await house.get<{ times: { time: string; free: number }[] }>(path);
    return times.find(({ time }) => time === reservation.time)?.free;
  };
  const taken = await freePlaces();
  await other.getByRole("button", { name: words("reservation.cancel.ask") }).click();
  await expect(other.locator("#cancel-question")).toBeFocused();
  await other.getByRole("button", { name: words("reservation.cancel.yes") }).click();
  await expect(other.getByRole("heading", { level: 1 })).toContainText(
    words("visit.state.cancelled"),
  );
  await expect(
    other.getByRole("button", { name: words("reservation.cancel.ask") }),
  ).not.toBeAttached();

  // A cancelled time is offered again after ten minutes, not at once.
  expect(await freePlaces()).toBe(taken);
  await house.moveClockBy(601);
  expect(await freePlaces()).toBe((taken ?? 0) + 1);

  // The kiosk knows that it was cancelled, and offers a ticket instead.
  await house.moveClockTo(reservation.check_in_from);
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  await kiosk.speak("en");
  await kiosk.press("booked");
  await kiosk.typeCode(code);
  await kiosk.refuses("reservation_cancelled");
  await expect(kiosk.page.getByText(words("kiosk.cancelled.text"))).toBeVisible();
  await expect(kiosk.page.locator("[data-press=walk-in]")).toBeVisible();
});

test("finds a reservation without its link, by the code and the booked time", async ({
  house,
  openScreen,
}) => {
  const phone = await openScreen("phone", { locale: "en-US" });
  const { code, reservation } = await bookOnPage(phone, house.server, office, "en");
  await phone.goto(`${house.server}/r`);
  await phone.locator("#code").fill(code);
  await phone.getByLabel(words("reservation.proof.slot")).check();
  await phone.locator("#date").fill(reservation.date);
  await phone.locator("#time").fill("03:00");
  const submit = phone.getByRole("button", { name: words("reservation.find.submit") });
  await submit.click();
  await expect(phone.locator(".m-errors")).toBeFocused();
  await phone.locator("#time").fill(reservation.time);
  await submit.click();
  await expect(phone.getByRole("heading", { level: 1 })).toContainText(words("visit.state.booked"));
});

test("gives a ticket in English at the kiosk, on the paper, too", async ({ house, openScreen }) => {
  const kiosk = await KioskPage.open(await openScreen("kiosk"), house, office);
  await kiosk.speak("en");
  await expect(kiosk.page.locator("h1")).toHaveText(words("kiosk.start.title"));
  const { ticket, paper } = await kiosk.walkIn(errand, service);
  expect(ticket).toMatchObject({ number: "A001", locale: "en", people_ahead: 0 });
  await expect(kiosk.page.locator(".k-number")).toContainText(ticket.service_name);
  expect(readQr(paper)).toBe(ticket.url);
  expect(paper.equals(expectedPaper(ticket))).toBe(true);
  expect(paper.equals(expectedPaper({ ...ticket, locale: "ja" }))).toBe(false);

  // The next visitor finds the kiosk as it was.
  await kiosk.press("end");
  await kiosk.shows("start");
  await expect(kiosk.page.locator("html")).toHaveAttribute("lang", "ja");
});

test("keeps what was chosen when the language is switched", async ({ house, openScreen }) => {
  const phone = await openScreen("phone");
  const booking = new BookingPage(phone, "ja");
  await booking.open(house.server);
  await booking.chooseOffice(office);
  await phone.locator(".m-lang summary").click();
  await phone.locator(".m-lang__menu button[lang=en]").click();
  await expect(phone.locator("html")).toHaveAttribute("lang", "en");
  const english = new BookingPage(phone, "en");
  await english.heading("booking.errand.title");
  await english.chooseErrand();
  await phone.reload();
  await english.heading("booking.errand.which");
});
