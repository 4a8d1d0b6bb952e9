// What stands beside the calls: who waits, and for how long as far as it is known.
import { render } from "@testing-library/preact";
import { expect, it } from "vitest";
import type { BoardGroup, WaitRange } from "../../../../api/types.ts";
import { board } from "../../testing/boards.ts";
import { ListView } from "./list.tsx";

const minutes: WaitRange = {
  low_minutes: 20,
  high_minutes: 35,
  at_latest: "2026-11-24T02:10:00.000Z",
  is_soon: false,
};
const soon = { ...minutes, is_soon: true };

function ranges(estimates: [number, WaitRange?][]): (string | undefined)[] {
  const waiting = estimates.map(
    ([people, estimate], at): BoardGroup => ({
      group: "ASC".charAt(at),
      name: "住所・印鑑",
      name_en: "Moving, seal",
      zone: "A",
      waiting: people,
      ...(estimate ? { estimate } : {}),
    }),
  );
  render(<ListView board={board([], { waiting })} />);
  return [...document.querySelectorAll(".m-waits li")].map(
    (line) => line.querySelector(".m-waits__range")?.textContent ?? undefined,
  );
}

it("tells the range under the people", () => {
  expect(ranges([[14, minutes]])).toEqual(["約20〜35分"]);
});

it("tells soon, and now where nobody waits", () => {
  expect(
    ranges([
      [1, soon],
      [0, soon],
    ]),
  ).toEqual(["まもなく", "すぐに"]);
});

it("tells nothing where nothing is known", () => {
  expect(ranges([[14]])).toEqual([undefined]);
});
