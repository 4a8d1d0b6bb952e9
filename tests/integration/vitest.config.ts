import { defineConfig } from "vitest/config";

// Every file starts its own server on a free port; two cores, so two files at once.
export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
  },
});
