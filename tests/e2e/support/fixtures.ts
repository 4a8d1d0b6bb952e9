// What every test gets: a house of two offices, and screens of the sizes that people use. A screen that throws, or that
// its own security policy stops, fails the test.
import { type BrowserContextOptions, test as base, expect, type Page } from "@playwright/test";
import { House } from "./house.ts";

export { expect };

export const offices = ["kokurakita", "moji"] as const;
export type Office = (typeof offices)[number];

export const screens = {
  phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
  kiosk: { viewport: { width: 1080, height: 1920 }, hasTouch: true },
  hall: { viewport: { width: 1920, height: 1080 } },
  desk: { viewport: { width: 1366, height: 768 } },
} satisfies Record<string, BrowserContextOptions>;

export type ScreenKind = keyof typeof screens;
export type OpenScreen = (kind: ScreenKind, more?: BrowserContextOptions) => Promise<Page>;

interface Fixtures {
  /** Of paper in the printers; endless when it is not told */
  rollMetres: number | undefined;
  house: House;
  openScreen: OpenScreen;
}

export const test = base.extend<Fixtures>({
  rollMetres: [undefined, { option: true }],
  house: async ({ rollMetres }, use) => {
    const house = await House.open(offices, rollMetres);
    await use(house);
    await house.close();
  },
  openScreen: async ({ browser, house }, use) => {
    const faults: string[] = [];
    const pages: Page[] = [];
    await use(async (kind, more = {}) => {
      const common = { locale: "ja-JP", timezoneId: "Asia/Tokyo" };
      const context = await browser.newContext({ ...common, ...screens[kind], ...more });
      const page = await context.newPage();
      page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
      page.on("console", (message) => {
        // An answer with an error status is the page's business; it is told on the page.
        const isAnswer = message.text().startsWith("Failed to load resource");
        if (message.type() === "error" && !isAnswer)
          faults.push(`${page.url()}: ${message.text()}`);
      });
      pages.push(page);
      return page;
    });
    for (const page of pages) await page.context().close();
    expect(house.endedParts()).toEqual([]);
    expect(faults).toEqual([]);
  },
});
