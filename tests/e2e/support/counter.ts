// A clerk at the counter: signs in, opens a window and works with the keyboard.
import { expect, type Page } from "@playwright/test";
import { type House, ownPassword } from "./house.ts";

export class CounterPage {
  readonly page: Page;
  readonly #work;

  constructor(page: Page) {
    this.page = page;
    this.#work = page.locator(".m-counter");
  }

  /** For the first time, this leads over the page where the made-up password is changed. */
  async signIn(house: House, name: string): Promise<void> {
    const first = house.firstPassword(name);
    await this.giveName(house, name, first ?? ownPassword);
    if (first) await this.choosePassword();
    await expect(this.page.locator("button.m-spot, .m-counter").first()).toBeVisible();
  }

  async giveName(house: House, name: string, password: string): Promise<void> {
    await this.page.goto(`${house.server}/counter`);
    await this.page.locator("#name").fill(name);
    await this.page.locator("#password").fill(password);
    await this.submit();
  }

  /** The page before the first work: a made-up password opens nothing else. */
  async choosePassword(): Promise<void> {
    await this.page.locator("#new-password").fill(ownPassword);
    await this.submit();
  }

  private async submit(): Promise<void> {
    await this.page.locator("form button[type=submit]").click();
  }

  async openWindow(window: string): Promise<void> {
    await this.page.locator(`button.m-spot[data-window="${window}"]`).click();
    await expect(this.#work).toHaveAttribute("data-window", window);
    await this.isIn("free");
  }

  /** Goes on at a window that this account has open elsewhere: the screen says so and asks once. */
  async goOnAt(window: string): Promise<void> {
    await this.page.locator(`button.m-spot[data-window="${window}"]`).click();
    await this.page.locator("[data-confirm]").click();
    await expect(this.#work).toHaveAttribute("data-window", window);
  }

  async isIn(state: string): Promise<void> {
    await expect(this.#work).toHaveAttribute("data-state", state);
  }

  async sees(number: string): Promise<void> {
    await expect(this.#work).toHaveAttribute("data-number", number);
  }

  /** The Space key, once the large button means what is wanted and has been calm for a moment. */
  async space(meaning: string): Promise<void> {
    const go = this.page.locator(`[data-go="${meaning}"]`);
    await expect(go).toHaveAttribute("data-armed", "true");
    await expect(go).toBeFocused();
    await this.page.keyboard.press("Space");
  }

  async key(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }
}
