// What automatic checks of accessibility find, and whether a page fits a narrow screen.
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
}

/** At 320 px (a phone at 400 %) nothing has to be scrolled sideways. */
export async function expectNarrow(page: Page): Promise<void> {
  const usual = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const tooWide = await page.evaluate(() => {
    // A phone widens its whole page to what sticks out.
    const width = Math.max(document.documentElement.scrollWidth, innerWidth);
    if (width <= 320) return [];
    return [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > 320.5)
      .map((element) => `${element.tagName}.${element.className}`)
      .slice(0, 5);
  });
  expect(tooWide, `${page.url()} at 320 px`).toEqual([]);
  if (usual) await page.setViewportSize(usual);
}
