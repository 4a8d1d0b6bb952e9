import { shared, tests } from "@matanai/web/tools";
import { defineConfig } from "vitest/config";

export default defineConfig({
  ...shared(),
  test: tests,
});
