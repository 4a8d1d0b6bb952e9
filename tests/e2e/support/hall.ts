// The display in the hall: what it shows, and everything it ever showed.
import { expect, type Page } from "@playwright/test";
import type { House } from "./house.ts";

export class HallPage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** Opens the display and writes down every number that appears on it from now on. */
  static async open(page: Page, house: House, office: string): Promise<HallPage> {
    await page.addInitScript(() => {
      const seen = new Set<string>();
      new MutationObserver(() => {
        for (const element of document.querySelectorAll<HTMLElement>("[data-number]")) {
          seen.add(`${element.dataset.number} at ${element.dataset.window}`);
        }
        if (document.body) document.body.dataset.seen = [...seen].join(",");
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(house.hallAddress(office));
    await expect(page.locator(".m-hall")).toHaveAttribute("data-state", "list");
    // The key is for one exchange only and does not stay in the address.
    expect(page.url()).not.toContain("#");
    return new HallPage(page);
  }

  async calls(number: string, window: string): Promise<void> {
    const call = this.page.locator("main.m-call");
    await expect(call).toHaveAttribute("data-number", number);
    await expect(call).toHaveAttribute("data-window", window);
    await expect(call.locator(".m-call__no")).toHaveText(number);
    await expect(call.locator(".m-call__win b")).toHaveText(window);
  }

  /** "R001 at 2" */
  async everShown(): Promise<string[]> {
    const seen = await this.page.locator("body").getAttribute("data-seen");
    return (seen ?? "").split(",").filter((one) => one !== "");
  }
}
