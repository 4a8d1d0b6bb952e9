// The page of the virtual printer, by mouse: each button does what it says to a real printer port, and the page tells
// what came of it. Looked at in the size of a small laptop.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { binFolder } from "./support/house.ts";

const program = join(binFolder, "matanai-print");

interface Desk {
  page: Page;
  to: string;
  emulator: ChildProcess;
}

const test = base.extend<{ desk: Desk }>({
  desk: async ({ browser }, use) => {
    const emulator = spawn(program, ["emulate", "--port", "0", "--page-port", "0"]);
    let said = "";
    for await (const chunk of emulator.stdout) {
      said += chunk;
      if (said.includes("\n")) break;
    }
    const [, port, url] = /printer (\S+) page (\S+)/.exec(said) ?? [];
    const context = await browser.newContext({
      locale: "en",
      viewport: { width: 1280, height: 800 },
    });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(url ?? "");
    await expect(page.locator(".m-state__word")).toHaveText("Ready to print");
    await use({ page, to: `tcp:${port}`, emulator });
    await context.close();
    emulator.kill("SIGTERM");
    if (emulator.exitCode === null) await once(emulator, "exit");
    expect(errors).toEqual([]);
  },
});

const ticket = () => execFileSync(program, ["sample", "--locale", "en"]);

/** Ends with the exit code. */
async function print(to: string): Promise<number | null> {
  const child = spawn(program, ["print", "-", "--to", to]);
  child.stdin.end(ticket());
  const [code] = await once(child, "exit");
  return code;
}

const lampOf: Record<string, [string, string]> = {
  paper_out: ["paper", "bad"],
  near_end: ["paper", "warn"],
  cover_open: ["cover", "bad"],
  overheated: ["heat", "warn"],
};
const stateOf: Record<string, string> = {
  paper_out: "Out of paper",
  near_end: "Paper is running low",
  cover_open: "The cover is open",
  offline: "The printer is off line",
  overheated: "The print head is hot",
  unrecoverable: "Printer fault",
  silent: "The printer does not answer",
  half_open: "The printer does not answer",
};

test("every fault that stays is on after a press and off after another", async ({ desk }) => {
  const { page } = desk;
  const state = page.locator(".m-state__word");
  const ready = "Ready to print";
  const buttons = page.locator("[data-fault]");
  expect(await buttons.count()).toBeGreaterThanOrEqual(18);
  for (const button of await buttons.all()) {
    const fault = (await button.getAttribute("data-fault")) ?? "";
    await button.click();
    await expect(button, fault).toHaveAttribute("aria-pressed", "true");
    await expect(state, fault).toContainText(stateOf[fault] ?? ready);
    const [lamp, is] = lampOf[fault] ?? ["line", "off"];
    await expect(page.locator(`[data-lamp="${lamp}"]`), fault).toHaveAttribute("data-is", is);
    await button.click();
    await expect(button, fault).toHaveAttribute("aria-pressed", "false");
    await expect(state, fault).toHaveText(ready);
  }
});

test("a ticket printed is shown; the piece that is not cut hangs out until the jam is over", async ({
  desk,
}) => {
  const { page, to } = desk;
  expect(await print(to)).toBe(0);
  const papers = page.locator(".m-paper");
  await expect(papers).toHaveCount(1);
  const picture = papers.locator("img");
  await expect(picture).toHaveJSProperty("complete", true);
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(576);

  await page.locator('[data-fault="jam_before_blade"]').click();
  expect(await print(to), "printed, though not cut").toBe(0);
  await expect(page.locator('[data-lamp="cutter"]')).toHaveAttribute("data-is", "bad");
  await expect(page.locator(".m-hanging")).toBeVisible();
  await page.locator('[data-fault="jam_before_blade"]').click();
  await page.locator("[data-power]").click();
  await expect(page.locator('[data-lamp="cutter"]')).toHaveAttribute("data-is", "ok");
});

test("what happens once: the connection breaks, a confirmation is lost, all is mended", async ({
  desk,
}) => {
  const { page, to } = desk;
  const watch = spawn(program, ["status", "--watch", "--to", to]);
  await expect(page.locator('[data-lamp="line"]')).toHaveAttribute("data-is", "ok");
  watch.kill("SIGINT");
  await once(watch, "exit");
  await expect(page.locator('[data-lamp="line"]')).toHaveAttribute("data-is", "off");

  for (const action of ["lost_answer", "drop_bytes", "double_bytes", "es_at_by_other", "rst"])
    await page.locator(`[data-do="${action}"]`).click();
  await page.locator('[data-fault="cover_open"]').click();
  await page.locator('[data-fault="refusing"]').click();
  await expect(page.locator('[data-fault="refusing"]')).toHaveAttribute("aria-pressed", "true");
  expect(await print(to), "it cannot connect").toBe(2);
  await page.locator('[data-do="heal"]').click();
  await expect(page.locator('[aria-pressed="true"]')).toHaveCount(0);
  expect(await print(to)).toBe(0);
});

test("another host that was first is served first", async ({ desk }) => {
  const { page, to } = desk;
  await page.locator('[data-do="second_client"]').click();
  await expect(page.locator('[data-fact="client"]')).toHaveText("connected");
  expect(await print(to)).toBe(2);
});

test("a script typed in runs, a wrong one is told with its line", async ({ desk }) => {
  const { page, to } = desk;
  const field = page.locator("#script");
  const begin = page.locator(".m-script-form button");
  await field.fill("row 120 explode");
  await begin.click();
  await expect(page.locator(".m-script-error")).toContainText('line 1: "explode" is no action');
  await expect(page.locator(".m-script li")).toHaveCount(0);

  await field.fill("row 120 paper_out\ncut 1 cover_open");
  await begin.click();
  await expect(page.locator(".m-script-error")).toBeHidden();
  await expect(page.locator(".m-script li")).toHaveCount(2);
  expect(await print(to)).toBe(2);
  await expect(page.locator(".m-script .is-fired code")).toHaveText("row 120 paper_out");
  await expect(page.locator(".m-hanging img")).toHaveJSProperty("naturalHeight", 120);
});

test("a printer that is gone is said to be", async ({ desk }) => {
  desk.emulator.kill("SIGTERM");
  await expect(desk.page.locator(".m-state")).toHaveText("The virtual printer cannot be reached");
});

test("the page is accessible, fits, and keeps paper and faults in sight together", async ({
  desk,
}) => {
  const { page, to } = desk;
  for (let i = 0; i < 2; ++i) expect(await print(to)).toBe(0);
  await expect(page.locator(".m-paper")).toHaveCount(2);
  await expectAccessible(page);
  await page.locator(".m-panel").evaluate((panel) => panel.scrollTo(0, panel.scrollHeight));
  await expect(page.locator(".m-paper").first()).toBeInViewport({ ratio: 0.9 });
  await expect(page.locator(".m-state")).toBeInViewport({ ratio: 1 });
  await expect(page.locator(".m-script-form button")).toBeInViewport({ ratio: 1 });
});
