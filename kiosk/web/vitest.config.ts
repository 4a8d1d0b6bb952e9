import { shared } from "@matanai/web/tools";
import { defineConfig } from "vitest/config";

export default defineConfig({
  ...shared(),
  test: {
    environment: "happy-dom",
    include: ["**/*.test.{ts,tsx}"],
    setupFiles: ["testing/setup.ts"],
    css: false,
  },
});
