// What the screen says of a call for staff: only what is so.
import { startWords } from "@matanai/web/words";
import { bundle } from "@matanai/web/words/kiosk";
import { render, screen } from "@testing-library/preact";
import { beforeAll, expect, it } from "vitest";
import type { StaffCallStage } from "../model/types.ts";
import { model } from "../store.ts";
import { liveState } from "../testing/live.ts";
import { Staff } from "./moments.tsx";

beforeAll(() => startWords(bundle, "ja"));

function says(stage: StaffCallStage | undefined, isStale = false): string {
  model.value = {
    ...model.value,
    isStale,
    live: liveState(stage ? { staff_call: stage } : {}),
  };
  render(<Staff />);
  return screen.getByRole("heading").textContent ?? "";
}

const stages: [StaffCallStage | undefined, string][] = [
  [undefined, "職員を 呼んでいます"],
  ["calling", "職員を 呼んでいます"],
  ["told", "職員を 呼びました"],
  ["coming", "職員が まいります"],
  ["bell", "ベルを 鳴らしています"],
];
it.each(stages)("%s: %s", (stage, words) => {
  expect(says(stage)).toBe(words);
});

it("promises nobody when the kiosk's program is silent", () => {
  expect(says("told", true)).toBe("ベルを 鳴らしています");
});
