// What stands on the buttons beside each errand: people, and how long, as far as it is known.
import type { OfficeDetail, WaitRange } from "@matanai/web/api";
import { startWords } from "@matanai/web/words";
import { bundle } from "@matanai/web/words/kiosk";
import { render } from "@testing-library/preact";
import { beforeAll, expect, it } from "vitest";
import { freshModel } from "../model/idle.ts";
import { model, offices } from "../store.ts";
import { liveState } from "../testing/live.ts";
import { minutes, soon } from "../testing/wait.ts";
import { Services } from "./choose.tsx";

beforeAll(() => startWords(bundle, "ja"));

function says(waiting: number, estimate?: WaitRange): (string | null)[] {
  const services = [{ id: "move_in", group: "A", name: "転入届" }];
  const errands = [{ id: "move", icon: "home", services: ["move_in"] }];
  offices.value = { ja: { services, errands } as unknown as OfficeDetail };
  const line = { group: "A", waiting, ...(estimate ? { estimate } : {}) };
  model.value = { ...freshModel(0), live: liveState({ waiting: [line] }) };
  render(<Services errand="move" />);
  return [...document.querySelectorAll(".k-service__wait > *")].map((part) => part.textContent);
}

const lines: [string, string[], number, WaitRange?][] = [
  ["a range under the people", ["5人待ち", "約10〜20分"], 5, minutes],
  ["soon", ["2人待ち", "まもなく"], 2, soon],
  ["now, when nobody waits", ["待ちなし", "すぐに"], 0, soon],
  ["a range although nobody waits: all windows are busy", ["待ちなし", "約10〜20分"], 0, minutes],
  ["people alone, when no estimate is known", ["5人待ち"], 5],
  ["nobody", ["待ちなし"], 0],
];
it.each(lines)("%s", (_, words, waiting, estimate) => {
  expect(says(waiting, estimate)).toEqual(words);
});
