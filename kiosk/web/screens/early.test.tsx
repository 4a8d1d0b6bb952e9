import type { OfficeDetail } from "@matanai/web/api";
import { startWords, t } from "@matanai/web/words";
import { bundle } from "@matanai/web/words/kiosk";
import { render, screen } from "@testing-library/preact";
import { beforeEach, expect, it } from "vitest";
import { freshModel } from "../model/idle.ts";
import { model, offices } from "../store.ts";
import { liveState } from "../testing/live.ts";
import { minutes } from "../testing/wait.ts";
import { Early } from "./early.tsx";

const values = { service: "move_in", slot: "11:30", from: "11:15" };
const presses = () =>
  [...document.querySelectorAll("main [data-press]")].map((key) => key.getAttribute("data-press"));

beforeEach(async () => {
  await startWords(bundle, "ja");
  const services = [{ id: "move_in", group: "A", name: "転入届" }];
  offices.value = { ja: { services } as unknown as OfficeDetail };
  const live = liveState({ waiting: [{ group: "A", waiting: 5 }] });
  model.value = { ...freshModel(0), live };
});

it("says when to come back, offers what is free before, and says what a ticket costs", () => {
  render(
    <Early
      code="check_in_too_early"
      values={{ ...values, earlier1: "10:45", earlier2: "11:00", earlier3: "11:15" }}
    />,
  );
  expect(document.querySelector(".is-goal b")?.textContent).toBe("11:15");
  expect(presses()).toEqual([
    "end",
    "earlier-10:45",
    "earlier-11:00",
    "earlier-11:15",
    "ticket-instead",
  ]);
  const instead = document.querySelector("[data-press=ticket-instead]");
  expect(instead?.textContent).toContain(t("kiosk.early.ticket_waiting", { count: 5 }));
  expect(instead?.textContent).toContain(t("kiosk.early.ticket_text"));
});

it("says how long a ticket takes where that is known", () => {
  const line = { group: "A", waiting: 5, estimate: minutes };
  model.value = { ...model.value, live: liveState({ waiting: [line] }) };
  render(<Early code="check_in_too_early" values={values} />);
  expect(document.querySelector("[data-press=ticket-instead]")?.textContent).toContain(
    "まえに5人、約10〜20分。",
  );
});

it("offers no earlier time where none is free", () => {
  render(<Early code="check_in_too_early" values={values} />);
  expect(presses()).toEqual(["end", "ticket-instead"]);
  expect(screen.queryByText(t("kiosk.early.earlier"))).toBeNull();
});

it("says that a time was gone, that the reservation stays, and what is still free", () => {
  render(<Early code="slot_full" values={{ ...values, earlier1: "11:00" }} />);
  expect(screen.getByText(t("kiosk.early.lost", { slot: "11:30" }))).toBeTruthy();
  expect(presses()).toContain("earlier-11:00");
});

it("says the new time when it is still too early for it", () => {
  render(<Early code="check_in_too_early" values={{ ...values, moved: "true" }} />);
  expect(screen.getByRole("heading", { level: 1 }).textContent).toContain("変えました");
  expect(document.querySelector(".is-goal b")?.textContent).toBe("11:15");
});
