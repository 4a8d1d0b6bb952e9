// What the ticket screen promises: the words of the ticket, or that nothing can be promised.
import type { IssuedTicket } from "@matanai/web/api";
import { startWords } from "@matanai/web/words";
import { bundle } from "@matanai/web/words/kiosk";
import { render } from "@testing-library/preact";
import { beforeAll, expect, it } from "vitest";
import { freshModel } from "../model/idle.ts";
import type { Paper } from "../model/types.ts";
import { model } from "../store.ts";
import { liveState } from "../testing/live.ts";
import { answer } from "../testing/visit.ts";
import { minutes, soon } from "../testing/wait.ts";
import { Ticket } from "./ticket.tsx";

beforeAll(() => startWords(bundle, "ja"));

function show(more: Partial<IssuedTicket>, paper: Paper = "printing"): void {
  model.value = { ...freshModel(0), live: liveState() };
  render(<Ticket answer={{ ...answer, paper, ticket: { ...answer.ticket, ...more } }} />);
}
const facts = () =>
  [...document.querySelectorAll(".k-fact")].map((fact) =>
    [...fact.children].map((part) => part.textContent),
  );

it("says the range and the latest time, as the ticket has them", () => {
  show({ estimate: minutes });
  expect(facts()).toEqual([
    ["まえに", "5人"],
    ["お呼びするまで", "約10〜20分", "遅くとも 10:55ごろ"],
    ["待つところ", "Aゾーン"],
  ]);
});

it("says soon instead of minutes", () => {
  show({ estimate: soon });
  expect(facts()[1]).toEqual(["お呼びするまで", "まもなく", "遅くとも 10:55ごろ"]);
});

it("says that no estimate can be given, and guesses none", () => {
  show({});
  expect(facts()[1]).toEqual(["お呼びするまで", "目安は 出せません"]);
});

it("keeps the time of the reservation beside it", () => {
  show({ estimate: minutes, reserved_for: "2026-11-24T01:30:00.000Z" });
  expect(facts()[2]).toEqual(["ご予約", "10:30"]);
});

it("says the range also when the paper did not come out", () => {
  show({ estimate: minutes }, "print_failed");
  expect(document.querySelector(".k-number p")?.textContent).toBe("まえに 5人 約10〜20分");
});
