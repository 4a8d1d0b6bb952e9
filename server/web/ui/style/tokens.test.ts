// The restated primitives are the values of the Digital Agency's tokens.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const read = (path: string) => readFileSync(path, "utf8");
const theirs = read(
  createRequire(import.meta.url).resolve("@digital-go-jp/design-tokens/dist/tokens.css"),
);
const ours = read(join(import.meta.dirname, "tokens.css"));

const theirName = (family: string, step: string) =>
  family === "gray" ? `--color-neutral-solid-gray-${step}` : `--color-primitive-${family}-${step}`;
const valueIn = (css: string, name: string) =>
  new RegExp(`${name}:\\s*([^;]+);`).exec(css)?.[1]?.trim().toLowerCase();

const restated = [
  ...ours.matchAll(/--(gray|blue|green|yellow|orange|red)-(\d+):\s*(#[0-9a-f]{6});/g),
].map((match) => ({
  family: match[1] ?? "",
  step: match[2] ?? "",
  value: match[3] ?? "",
}));

describe("tokens", () => {
  it("restate at least every step the mock uses", () => {
    expect(restated.length).toBeGreaterThan(30);
  });

  it.each(restated)("$family $step is the published value", ({ family, step, value }) => {
    expect(value).toBe(valueIn(theirs, theirName(family, step)));
  });
});
