import { fireEvent, render, screen } from "@testing-library/preact";
import { describe, expect, it, vi } from "vitest";
import { Button, ButtonLink } from "./button.tsx";

describe("button", () => {
  it("does its thing on a press", () => {
    const onPress = vi.fn();
    render(<Button onPress={onPress}>予約する</Button>);
    fireEvent.click(screen.getByRole("button", { name: "予約する" }));
    expect(onPress).toHaveBeenCalledTimes(1);
  });

  it("ignores presses while busy and keeps its label; it is never disabled", () => {
    const onPress = vi.fn();
    render(
      <Button busy onPress={onPress}>
        予約する
      </Button>,
    );
    const button = screen.getByRole<HTMLButtonElement>("button", { name: "予約する" });
    fireEvent.click(button);
    expect(onPress).not.toHaveBeenCalled();
    expect(button.disabled).toBe(false);
    expect(button.getAttribute("aria-busy")).toBe("true");
  });

  it("does not submit its form a second time while busy", () => {
    const onSubmit = vi.fn((event: Event) => event.preventDefault());
    render(
      <form onSubmit={onSubmit}>
        <Button type="submit" busy>
          送る
        </Button>
      </form>,
    );
    fireEvent.click(screen.getByRole("button"));
    expect(onSubmit).not.toHaveBeenCalled();
  });

  it("is a real link where it leads somewhere", () => {
    render(<ButtonLink href="/r">予約を見る</ButtonLink>);
    expect(screen.getByRole("link", { name: "予約を見る" }).getAttribute("href")).toBe("/r");
  });
});
