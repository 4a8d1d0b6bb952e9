import { fireEvent, render, screen } from "@testing-library/preact";
import { describe, expect, it, vi } from "vitest";
import { Soon } from "./soon.tsx";
import { Times } from "./times.tsx";
import { Week, type WeekDay } from "./week.tsx";

const day = (date: string, isFree: boolean, extra: Partial<WeekDay> = {}): WeekDay => ({
  date,
  weekday: "水",
  number: Number(date.slice(8)),
  fullName: `${date}の日`,
  sign: isFree ? "○" : "×",
  word: isFree ? "空き" : "満席",
  isFree,
  ...extra,
});

describe("week", () => {
  const days = [day("2026-11-25", true, { isChosen: true }), day("2026-11-26", false)];
  const props = { name: "11月23日〜27日", days, previousLabel: "前の週", nextLabel: "次の週" };

  it("lets free days be pressed, and says which one is chosen", () => {
    const onChoose = vi.fn();
    render(<Week {...props} onChoose={onChoose} />);
    const free = screen.getByRole("button", { name: /2026-11-25の日.*空き/ });
    fireEvent.click(free);
    expect(onChoose).toHaveBeenCalledWith("2026-11-25");
    expect(free.getAttribute("aria-pressed")).toBe("true");
  });

  it("shows a full day in words, but not as a button", () => {
    render(<Week {...props} onChoose={() => {}} />);
    expect(screen.getByText("満席")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /2026-11-26/ })).toBeNull();
  });

  it("keeps the arrow without a week behind it, and it does nothing", () => {
    const next = vi.fn();
    render(<Week {...props} onChoose={() => {}} next={next} />);
    const back = screen.getByRole("button", { name: "前の週" });
    expect(back.getAttribute("aria-disabled")).toBe("true");
    fireEvent.click(back);
    fireEvent.click(screen.getByRole("button", { name: "次の週" }));
    expect(next).toHaveBeenCalledTimes(1);
  });
});

describe("times of a day", () => {
  const time = { sign: "○", word: "空き", isFree: true } as const;
  const times = [
    { ...time, key: "09:00", time: "9:00" },
    { ...time, key: "09:30", time: "9:30", isFree: false, sign: "×" as const, word: "満席" },
    { ...time, key: "10:00", time: "10:00", isFree: false, isChosen: true },
  ];

  it("full ones cannot be focused, the chosen one says so though no place is left", () => {
    render(<Times name="午前" times={times} chosenWord="選択中" onChoose={() => {}} />);
    expect(screen.getAllByRole("button").map((one) => one.textContent)).toEqual([
      "9:00○ 空き",
      "10:00選択中",
    ]);
    expect(screen.getByText("満席", { exact: false })).toBeTruthy();
  });
});

describe("soonest times", () => {
  it("tell which one was pressed", () => {
    const onChoose = vi.fn();
    render(
      <Soon times={[{ key: "a", day: "今日 11月24日(火)", time: "11:30" }]} onChoose={onChoose} />,
    );
    fireEvent.click(screen.getByRole("button", { name: /今日.*11:30/ }));
    expect(onChoose).toHaveBeenCalledWith("a");
  });
});
