// Makes the README's pictures (deploy/pictures/*.png) from a running demo on a plausible morning. Not a test: look at what
// it made. Usage: node tests/e2e/pictures.mjs   (MATANAI_BIN names the build)
import { randomUUID } from "node:crypto";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromium, expect as expectSoon } from "@playwright/test";
import { BookingPage } from "./support/booking.ts";
import { chromiumArguments, chromiumPath } from "./support/chromium.ts";
import { CounterPage } from "./support/counter.ts";
import { House, ownPassword } from "./support/house.ts";
import { KioskPage } from "./support/kiosk.ts";

const expect = expectSoon.configure({ timeout: 20_000 });
const office = "kokurakita";
const folder = resolve(import.meta.dirname, "../../deploy/pictures");
const mostBytes = 150_000;
const lookMs = 500;
const sizes = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  // Large screens are shown smaller than they are.
  kiosk: { viewport: { width: 1080, height: 1920 }, hasTouch: true, deviceScaleFactor: 0.5 },
  hall: { viewport: { width: 1920, height: 1080 }, deviceScaleFactor: 0.5 },
  desk: { viewport: { width: 1366, height: 768 }, deviceScaleFactor: 0.75 },
  paper: { viewport: { width: 900, height: 1000 } },
};

function keep(name, picture) {
  const file = join(folder, `${name}.png`);
  writeFileSync(file, picture);
  const bytes = statSync(file).size;
  if (bytes > mostBytes) process.exitCode = 1;
  console.log(`${bytes > mostBytes ? "TOO LARGE " : ""}${name}.png ${Math.ceil(bytes / 1000)} kB`);
}

async function shoot(page, name) {
  await page.evaluate(() => document.fonts.ready);
  keep(name, await page.screenshot({ animations: "disabled", caret: "hide" }));
}

// ---- the morning before the pictures ----

async function signIn(house) {
  const first = house.firstPassword(office);
  const answer = await fetch(`${house.server}/api/v1/staff/session`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: house.server },
    body: JSON.stringify({ name: office, password: first }),
  });
  if (!answer.ok) throw new Error(`sign-in: ${answer.status}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const change = { old_password: first, new_password: ownPassword };
  const changed = await fetch(`${house.server}/api/v1/staff/password`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: house.server, cookie },
    body: JSON.stringify(change),
  });
  if (!changed.ok) throw new Error(`password: ${changed.status}`);
  return cookie;
}

class Morning {
  #house;
  #cookie;
  constructor(house, cookie) {
    this.#house = house;
    this.#cookie = cookie;
  }

  async pull(...services) {
    const key = this.#house.deviceKey(`${office}-kiosk-1`);
    for (const service of services) {
      const body = { issuer: "guide", message_id: randomUUID(), service };
      const headers = { authorization: `Device ${key}` };
      await this.#house.post(`/api/v1/offices/${office}/tickets`, body, headers);
      await this.#house.moveClockBy(40);
      // The office is looked at anew after each change, a few times a second.
      await new Promise((done) => setTimeout(done, lookMs));
    }
  }

  async press(window, ...commands) {
    for (const command of commands) {
      const path = `/api/v1/offices/${office}/windows/${window}/commands`;
      await this.#house.post(path, { command }, { cookie: this.#cookie });
      await this.#house.moveClockBy(20);
    }
  }

  async floor() {
    const headers = { cookie: this.#cookie };
    const answer = await fetch(`${this.#house.server}/api/v1/offices/${office}/floor`, { headers });
    return answer.json();
  }

  async book(service, count) {
    const at = `/api/v1/offices/${office}/services/${service}`;
    for (let made = 0; made < count; made += 1) {
      const { soonest } = await this.#house.get(`${at}/days`);
      const { date, time } = soonest[made % soonest.length];
      const hold = await this.#house.post("/api/v1/holds", { office, service, date, time });
      const body = { hold: hold.hold, locale: "ja", help: [] };
      await this.#house.post("/api/v1/reservations", body);
    }
  }
}

async function startMorning(house) {
  const morning = new Morning(house, await signIn(house));
  await morning.book("move_in", 7);
  await morning.book("mn_receive", 3);
  for (const window of [1, 2, 3, 6, 8, 11, 12, 16, 21]) await morning.press(window, "open");
  await morning.pull("cert", "move_in", "mn_receive", "cert", "pension", "move_out", "cert");
  await morning.press(8, "next", "start");
  await morning.press(2, "next", "start");
  await morning.press(1, "next", "start");
  await morning.press(11, "next", "start");
  await morning.pull("mn_cert", "cert", "birth", "move_within", "mn_receive", "cert");
  await house.moveClockBy(240);
  await morning.press(8, "finish", "next", "start");
  await morning.press(6, "next", "start");
  await morning.press(3, "next", "start");
  await morning.press(16, "next");
  await morning.pull("move_in", "mn_pin", "cert", "move_out");
  await house.moveClockBy(150);
  return morning;
}

// ---- the pictures ----

async function bookingPictures(page, house) {
  const booking = new BookingPage(page);
  await booking.open(house.server);
  await booking.chooseOffice(office);
  await shoot(page, "booking-errand");
  await booking.chooseErrand();
  await booking.chooseService();
  await booking.goToTimes();
  await shoot(page, "booking-time");
  await booking.takeSoonest();
  await booking.goToContact();
  await booking.leaveNoContact();
  await booking.goToCheck();
  const booked = await booking.book();
  await page.evaluate(() => scrollTo(0, 0));
  await shoot(page, "booking-done");
  await page.goto(booked.address);
  await expect(page.locator(".m-pass__qr")).toBeVisible();
  await shoot(page, "reservation");
}

async function kioskPictures(page, house) {
  const kiosk = await KioskPage.open(page, house, office);
  await shoot(page, "kiosk-start");
  await kiosk.press("none");
  await kiosk.shows("groups");
  await shoot(page, "kiosk-services");
  await kiosk.press("move");
  await kiosk.shows("services");
  const { ticket } = await kiosk.takeTicket(() => kiosk.press("move_in"));
  await shoot(page, "kiosk-ticket");
  return ticket;
}

async function paperPicture(page, house) {
  await page.goto(house.lobby(office).paper);
  const sheet = page.locator(".m-paper__sheet img").first();
  await expect(sheet).toBeVisible();
  keep("paper", await sheet.screenshot());
}

async function counterAndHall(open, house) {
  const counter = new CounterPage(await open("desk"));
  await counter.signIn(house, office);
  await counter.goOnAt("2");
  const hall = await open("hall");
  await hall.goto(house.hallAddress(office));
  await expect(hall.locator(".m-hall")).toHaveAttribute("data-state", "list");
  await counter.space("finish_and_call");
  await counter.isIn("called");
  await expect(hall.locator("main.m-call")).toBeVisible();
  await shoot(hall, "hall-call");
  await counter.space("arrived");
  await counter.isIn("serving");
  await house.moveClockBy(200);
  await counter.page.reload();
  await counter.isIn("serving");
  const time = new Date((await house.now()) + 9 * 3_600_000).toISOString().slice(11, 16);
  await expect(counter.page.locator(".m-top__clock")).toHaveText(time);
  await shoot(counter.page, "counter");
  await expect(hall.locator(".m-hall")).toHaveAttribute("data-state", "list");
  await shoot(hall, "hall-list");
}

async function ticketPictures(page, house, morning, ticket) {
  await page.goto(ticket.url);
  await expect(page.locator("main")).toHaveAttribute("data-state", "waiting");
  await expect(page.locator("[data-line]")).toBeVisible();
  await shoot(page, "ticket-waiting");
  // The clerks go on until it is this ticket's turn.
  for (const window of [1, 2, 3, 4, 1, 2, 3, 4]) {
    const { state } = await house.get(`/api/v1/tickets/${ticket.token}`);
    if (state === "called") break;
    const { windows } = await morning.floor();
    if (windows.find((one) => one.window === String(window))?.state === "closed")
      await morning.press(window, "open");
    await morning.press(window, "next");
  }
  await page.reload();
  await expect(page.locator("main")).toHaveAttribute("data-state", "called");
  await shoot(page, "ticket-called");
}

mkdirSync(folder, { recursive: true });
const house = await House.open([office]);
const browser = await chromium.launch({
  executablePath: chromiumPath,
  args: [...chromiumArguments],
});
try {
  const open = async (kind) => {
    const common = { locale: "ja-JP", timezoneId: "Asia/Tokyo", deviceScaleFactor: 1 };
    return (await browser.newContext({ ...common, ...sizes[kind] })).newPage();
  };
  const morning = await startMorning(house);
  const phone = await open("phone");
  await bookingPictures(phone, house);
  const ticket = await kioskPictures(await open("kiosk"), house);
  await paperPicture(await open("paper"), house);
  await counterAndHall(open, house);
  await ticketPictures(phone, house, morning, ticket);
} finally {
  await browser.close();
  await house.close();
}
