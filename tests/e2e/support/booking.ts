// A citizen at home: books on the booking page by what is written on it.
import { expect, type Page } from "@playwright/test";
import { readQr } from "./codes.ts";
import type { Language, Words } from "./words.ts";
import { wordsOf } from "./words.ts";

/** What somebody books here: moving in, the first errand of the first group. */
export const errand = "move";
export const service = "move_in";

export interface Booking {
  /** 8 digits */
  code: string;
  /** What the QR code on the page holds */
  token: string;
  /** Where the reservation can be seen and cancelled */
  address: string;
  reservation: { date: string; time: string; start: string; check_in_from: string };
}

export class BookingPage {
  readonly #page: Page;
  readonly #words: Words;

  constructor(page: Page, language: Language = "ja") {
    this.#page = page;
    this.#words = wordsOf(language);
  }

  async open(server: string): Promise<void> {
    await this.#page.goto(`${server}/`);
    await this.heading("booking.office.title");
  }

  async heading(key: string): Promise<void> {
    const name = this.#words(key);
    await expect(this.#page.getByRole("heading", { level: 1, name })).toBeVisible();
  }

  async chooseOffice(office: string): Promise<void> {
    await this.#page.locator(`a.m-choice[href*="office=${office}"]`).click();
    await this.heading("booking.errand.title");
    await expect(this.#page.locator(`a.m-choice[href*="errand=${errand}"]`)).toBeVisible();
  }

  async chooseErrand(): Promise<void> {
    await this.#page.locator(`a.m-choice[href*="errand=${errand}"]`).click();
    await this.heading("booking.errand.which");
  }

  async chooseService(): Promise<void> {
    await this.#page.locator(`a.m-choice[href*="service=${service}"]`).first().click();
    await this.heading("booking.bring.title");
  }

  async goToTimes(): Promise<void> {
    await this.#page.getByRole("link", { name: this.#words("booking.choose_time") }).click();
    await this.heading("booking.time.title");
    await expect(this.#page.locator(".m-soon button").first()).toBeVisible();
  }

  async takeSoonest(): Promise<void> {
    await this.#page.locator(".m-soon button").first().click();
    await expect(this.#next()).toBeVisible();
  }

  #next() {
    return this.#page.getByRole("button", { name: this.#words("booking.time.next") });
  }

  async goToContact(): Promise<void> {
    await this.#next().click();
    await this.heading("booking.contact.title");
  }

  async leaveNoContact(): Promise<void> {
    await this.#page.getByLabel(this.#words("booking.contact.none")).check();
  }

  async leavePhone(phone: string): Promise<void> {
    await this.#page.locator("input[type=tel]").fill(phone);
  }

  async goToCheck(): Promise<void> {
    await this.#page.getByRole("button", { name: this.#words("booking.contact.next") }).click();
    await this.heading("booking.check.title");
  }

  async book(): Promise<Booking> {
    const answered = this.#page.waitForResponse(
      (answer) => answer.url().endsWith("/api/v1/reservations") && answer.status() === 201,
    );
    await this.#page
      .getByRole("button", { name: this.#words("booking.book"), exact: true })
      .click();
    await this.heading("booking.done.title");
    const reservation = (await (await answered).json()) as Booking["reservation"];
    return { ...(await this.readPass()), reservation };
  }

  /** The done page's code and QR code, as the citizen sees them. */
  async readPass(): Promise<Omit<Booking, "reservation">> {
    const code = ((await this.#page.locator(".m-pass__code").textContent()) ?? "").replaceAll(
      /\D/g,
      "",
    );
    const token = readQr(await this.#page.locator(".m-pass__qr").screenshot({ scale: "device" }));
    const link = this.#page.getByRole("link", { name: this.#words("booking.done.page") });
    return { code, token, address: await link.evaluate((to: HTMLAnchorElement) => to.href) };
  }
}

/** From the first page to the code, without a contact. */
export async function bookOnPage(
  page: Page,
  server: string,
  office: string,
  language: Language = "ja",
): Promise<Booking> {
  const booking = new BookingPage(page, language);
  await booking.open(server);
  await booking.chooseOffice(office);
  await booking.chooseErrand();
  await booking.chooseService();
  await booking.goToTimes();
  await booking.takeSoonest();
  await booking.goToContact();
  await booking.leaveNoContact();
  await booking.goToCheck();
  return booking.book();
}
