// What staff read about the printer.
import { startWords } from "@matanai/web/words";
import { bundle } from "@matanai/web/words/kiosk";
import { render } from "@testing-library/preact";
import { beforeAll, expect, it } from "vitest";
import type { KioskState } from "../model/types.ts";
import { model } from "../store.ts";
import { liveState } from "../testing/live.ts";
import { PrinterNote } from "./printer.tsx";

beforeAll(() => startWords(bundle, "ja"));

function says(live: KioskState): string {
  model.value = { ...model.value, live };
  const { container } = render(<PrinterNote />);
  return container.textContent ?? "";
}

it("names the printer, what it confirms and the paper left", () => {
  const told = says(liveState());
  expect(told).toContain("TM-m30");
  expect(told).toContain("1枚ずつ");
  expect(told).toContain("42m");
});

it("says when tickets are the printer's own characters", () => {
  expect(says(liveState({ printer_mode: "text" }))).toContain("文字で印刷");
  expect(says(liveState())).not.toContain("文字で印刷");
});

it("does not count paper that has run out", () => {
  expect(says(liveState({ printer: "paper_out" }))).not.toContain("42m");
});

it("says nothing of a printer that did not name itself, and nothing that is not known", () => {
  expect(says(liveState({ printer_model: "" }))).toBe("");
  const { printer_confirms: _, ...rest } = liveState();
  expect(says(rest)).not.toContain("確認");
});
