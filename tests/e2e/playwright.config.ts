// Debian's Chromium drives the pages of real processes. One worker: each test starts a house of its own.
import { defineConfig } from "@playwright/test";
import { chromiumArguments, chromiumPath } from "./support/chromium.ts";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../../build/test/e2e",
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: "../../build/test/e2e.json" }]],
  use: {
    launchOptions: { executablePath: chromiumPath, args: [...chromiumArguments] },
    actionTimeout: 15_000,
    // The film of nine screens at once would cost more than the test; pages and actions are kept.
    trace: { mode: "retain-on-failure", screenshots: false },
  },
});
