import { defineConfig } from "vitest/config";
import { shared, tests } from "./tools/pages.ts";

export default defineConfig({
  ...shared(),
  test: tests,
});
