import { defineConfig } from "vitest/config";
import { shared } from "./tools/pages.ts";

export default defineConfig({
  ...shared(),
  test: {
    environment: "happy-dom",
    include: ["**/*.test.{ts,tsx}"],
    setupFiles: ["testing/setup.ts"],
    css: false,
  },
});
