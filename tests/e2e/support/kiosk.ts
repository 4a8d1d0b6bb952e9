// Somebody at the kiosk: presses what is on the screen, types the number, holds a code to the reader, takes the paper.
import { expect, type Page } from "@playwright/test";
import { readQr } from "./codes.ts";
import type { House } from "./house.ts";

export interface Ticket {
  number: string;
  url: string;
  token: string;
  locale: string;
  office_name: string;
  section?: string;
  service_name: string;
  service_name_ja: string;
  zone: string;
  issued_at: string;
  people_ahead: number;
  reserved_for?: string;
  estimate?: { low_minutes: number; high_minutes: number; at_latest: string; is_soon: boolean };
}

// Presses that follow each other faster than a person's are taken for a bounce (kiosk/web/parts/press.tsx).
const bounceMs = 400;

export class KioskPage {
  readonly page: Page;
  readonly #house: House;
  readonly #office: string;

  private constructor(page: Page, house: House, office: string) {
    this.page = page;
    this.#house = house;
    this.#office = office;
  }

  static async open(page: Page, house: House, office: string): Promise<KioskPage> {
    await page.addInitScript(() => {
      const remember = (event: Event) => {
        document.documentElement.dataset.pressedAt = String(event.timeStamp);
      };
      addEventListener("pointerup", remember, { capture: true });
    });
    await page.goto(house.lobby(office).kiosk);
    const kiosk = new KioskPage(page, house, office);
    await kiosk.shows("start");
    return kiosk;
  }

  async shows(screen: string): Promise<void> {
    await expect(this.page.locator(".k-screen")).toHaveAttribute("data-screen", screen);
  }

  async refuses(code: string): Promise<void> {
    await expect(this.page.locator(".k-screen")).toHaveAttribute("data-refusal", code);
  }

  async press(name: string): Promise<void> {
    await this.page.waitForFunction((pause) => {
      const last = document.documentElement.dataset.pressedAt;
      return last === undefined || performance.now() - Number(last) > pause;
    }, bounceMs);
    await this.page.locator(`[data-press="${name}"]`).click();
  }

  async typeCode(code: string): Promise<void> {
    for (const digit of code) await this.page.locator(`[data-press="digit-${digit}"]`).click();
    await this.press("enter");
  }

  /** What a scanner does: the keys of the code, faster than fingers, then Enter. */
  async scan(token: string): Promise<void> {
    await this.page.evaluate(
      (keys) => {
        for (const key of keys) {
          document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        }
      },
      [...token, "Enter"],
    );
  }

  /** Does what leads to a ticket; gives the number on the screen and the paper that came out. */
  async takeTicket(act: () => Promise<void>): Promise<{ ticket: Ticket; paper: Buffer }> {
    const before = (await this.#house.papers(this.#office))[0]?.id ?? 0;
    const answered = this.page.waitForResponse(
      (answer) => /\/api\/(walk-in|check-in)$/.test(answer.url()) && answer.ok(),
    );
    await act();
    const { ticket } = (await (await answered).json()) as { ticket: Ticket };
    await this.shows("ticket");
    await expect(this.page.locator(".k-screen")).toHaveAttribute("data-number", ticket.number);
    await expect(this.page.locator(".k-out[role=status]")).toBeVisible();
    const paper = await this.#newPaper(before);
    return { ticket, paper };
  }

  async #newPaper(before: number): Promise<Buffer> {
    let id = before;
    await expect
      .poll(async () => {
        id = (await this.#house.papers(this.#office))[0]?.id ?? 0;
        return id;
      })
      .toBeGreaterThan(before);
    return this.#house.paperPicture(this.#office, id);
  }

  /** The language of everything on the screen. */
  async speak(locale: string): Promise<void> {
    await this.press(`language-${locale}`);
    await expect(this.page.locator("html")).toHaveAttribute("lang", locale);
  }

  async walkIn(errand: string, service: string): Promise<{ ticket: Ticket; paper: Buffer }> {
    await this.press("none");
    await this.shows("groups");
    await this.press(errand);
    await this.shows("services");
    return this.takeTicket(() => this.press(service));
  }

  /** What the QR code beside the number holds. */
  async readFollowCode(): Promise<string> {
    return readQr(await this.page.locator(".k-follow__code").screenshot());
  }
}
