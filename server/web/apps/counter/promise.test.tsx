// What the counter shows of promises: the latest time of each ticket, how it stands now, and whether it was kept.
import { render } from "@testing-library/preact";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { StaffSession, WindowState } from "../../api/types.ts";
import { tellClock } from "../../core/index.ts";
import { bundle } from "../../words/generated/counter.ts";
import { startWords } from "../../words/index.ts";
import { isOverdue, type Left, leftOf, longWaitMinutes } from "./model.ts";
import { entered, floor, picked, session } from "./state.ts";
import { floor as frame, person, waiting, windowAt } from "./testing/floors.ts";
import { Waiting } from "./views/lists/waiting.tsx";
import { Person } from "./views/person/person.tsx";

const at = Date.parse("2026-11-24T01:42:00.000Z");
const told = (time: string) => `2026-11-24T${time}.000Z`;

describe("a promise", () => {
  const cases: [string, string, Left][] = [
    ["two minutes ago", "01:40:00", { kind: "late", minutes: 2 }],
    ["a moment ago", "01:41:50", { kind: "late", minutes: 1 }],
    ["this moment", "01:42:00", { kind: "soon", minutes: 0 }],
    ["within the minute", "01:42:30", { kind: "soon", minutes: 1 }],
    ["in three minutes", "01:45:00", { kind: "soon", minutes: 3 }],
    ["after that", "01:45:01", { kind: "fine", minutes: 4 }],
  ];
  it.each(cases)("%s", (_, time, left) => {
    expect(leftOf(told(time), at)).toEqual(left);
  });

  it("is what makes a wait late; without one, half an hour does", () => {
    const issued_at = new Date(at - longWaitMinutes * 60_000).toISOString();
    expect(leftOf(undefined, at)).toBeUndefined();
    expect(isOverdue(waiting("A045", { issued_at }), at)).toBe(true);
    expect(isOverdue(waiting("A045", { issued_at, told_latest: told("01:45:00") }), at)).toBe(
      false,
    );
    expect(isOverdue(waiting("A045", { told_latest: told("01:40:00") }), at)).toBe(true);
  });
});

describe("the counter", () => {
  beforeAll(async () => {
    vi.useFakeTimers({ now: at });
    vi.stubGlobal(
      "ResizeObserver",
      class {
        observe() {}
        disconnect() {}
      },
    );
    await startWords(bundle, "ja");
  });
  beforeEach(() => {
    tellClock(new Date(at).toISOString(), false);
    session.value = { name: "yamamoto", office: "kokurakita" } as StaffSession;
    entered.value = "3";
    picked.value = undefined;
  });

  const show = (window: WindowState, ...line: ReturnType<typeof waiting>[]) => {
    floor.value = frame({ windows: [window], waiting: line });
  };
  const cells = (number: string) =>
    [...document.querySelectorAll(`[data-number=${number}] td`)]
      .slice(2)
      .map((cell) => cell.textContent);
  const fact = (name: string) =>
    [...document.querySelectorAll("dt")].find((one) => one.textContent === name)?.nextSibling
      ?.textContent;

  it("lists wait, promise and what is left, and marks the row that is over it", () => {
    show(
      windowAt("free"),
      waiting("A045", { told_latest: told("01:40:00"), order_reason: "promise_past" }),
      waiting("A046", { told_latest: told("01:43:00"), order_reason: "reservation_due" }),
      waiting("A047", { told_latest: told("01:49:00") }),
      waiting("A048"),
    );
    render(<Waiting />);
    expect(cells("A045")).toEqual(["18", "10:40", "2分超過", "約束の時刻を過ぎた"]);
    expect(cells("A046")).toEqual(["18", "10:43", "あと1分", "予約の約束が近い"]);
    expect(cells("A047")).toEqual(["18", "10:49", "あと7分", "受付の順"]);
    expect(cells("A048")).toEqual(["18", "", "", "受付の順"]);
    const late = [...document.querySelectorAll<HTMLElement>("tr.is-late")];
    expect(late.map((row) => row.dataset.number)).toEqual(["A045"]);
    expect(document.querySelectorAll("[data-number=A045] .m-late svg")).toHaveLength(1);
    expect(document.querySelectorAll("[data-number=A046] .m-soon svg")).toHaveLength(1);
  });

  it("says of the chosen row when the call is expected now", () => {
    const estimate = { low_minutes: 5, high_minutes: 10, at_latest: told("01:50:00") };
    show(windowAt("free"), waiting("A045", { estimate: { ...estimate, is_soon: false } }));
    picked.value = "t-A045";
    render(<Waiting />);
    expect(document.querySelector(".m-what small")?.textContent).toBe(
      "受付の順・いまの目安 約5〜10分",
    );
  });

  it("says since when a reservation stands in the line", () => {
    const ready_at = told("01:40:00");
    show(
      windowAt("free"),
      waiting("R016", { group: "A", ready_at, order_reason: "reservation_head_start" }),
    );
    render(<Waiting />);
    expect(cells("R016")[3]).toBe("10:40 から列に入った");
  });

  const kept: [string, string | undefined, string][] = [
    ["kept", told("01:40:00"), "10:40守れた"],
    ["over by the call", told("01:31:00"), "10:314分超過"],
    ["never given", undefined, "なし"],
  ];
  it.each(kept)("says of the person called that the promise was %s", (_, told_latest, words) => {
    const ticket = person("A044", told_latest ? { told_latest } : {});
    show(windowAt("called", { ticket }));
    render(<Person />);
    expect(fact("約束(遅くとも)")).toBe(words);
  });

  it("says how often the person was passed, of how often at most", () => {
    show(windowAt("called", { ticket: person("A044", { passed: 1 }) }));
    render(<Person />);
    expect(document.querySelector(".m-person__note")?.textContent).toContain("抜かれた回数 1/4");
  });

  it("shows the promise of who would be next", () => {
    show(windowAt("free"), waiting("A045", { told_latest: told("01:40:00") }));
    render(<Person />);
    expect(document.querySelector(".m-idle__next p")?.textContent).toBe(
      "待ち 18分 約束 10:40 2分超過",
    );
  });
});
