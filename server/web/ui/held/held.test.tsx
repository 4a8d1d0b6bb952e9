import { fireEvent, render, screen } from "@testing-library/preact";
import { describe, expect, it, vi } from "vitest";
import { Held } from "./held.tsx";

const props = {
  day: "11月25日(水)",
  time: "10:30〜11:00",
  until: "10:40 まで確保",
  extendLabel: "延ばす",
};

describe("held time", () => {
  it("is announced and extended by a tap", () => {
    const onExtend = vi.fn();
    render(<Held {...props} onExtend={onExtend} />);
    expect(screen.getByRole("status").textContent).toContain("10:40 まで確保");
    fireEvent.click(screen.getByRole("button", { name: "延ばす" }));
    expect(onExtend).toHaveBeenCalledTimes(1);
  });

  it("offers no more time when there is none", () => {
    render(<Held {...props} onExtend={() => {}} isLast />);
    expect(screen.queryByRole("button")).toBeNull();
  });
});
