// What automatic checks of accessibility find, and whether a page fits its screen and a narrow one.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export async function expectAccessible(page: Page): Promise<void> {
  const { violations, passes } = await new AxeBuilder({ page }).withTags(rules).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`),
  }));
  expect(found, page.url()).toEqual([]);
  expect(passes.length).toBeGreaterThan(5);
  await expectFits(page, page.viewportSize()?.width ?? 0);
}

/** Nothing has to be scrolled sideways. */
async function expectFits(page: Page, width: number): Promise<void> {
  const tooWide = await page.evaluate((limit) => {
    // A phone widens its whole page to what sticks out.
    const widest = Math.max(document.documentElement.scrollWidth, innerWidth);
    if (widest <= limit) return [];
    return [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > limit + 0.5)
      .map((element) => `${element.tagName}.${element.className}`)
      .slice(0, 5);
  }, width);
  expect(tooWide, `${page.url()} at ${width} px`).toEqual([]);
}

/** At 320 px (a phone at 400 %), too. */
export async function expectNarrow(page: Page): Promise<void> {
  const usual = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  await expectFits(page, 320);
  if (usual) await page.setViewportSize(usual);
}
