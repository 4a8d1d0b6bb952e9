import { fireEvent, render, screen } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { ErrorSummary } from "./errors.tsx";

const errors = [{ text: "電話番号を入れてください", field: "phone" }];

describe("error summary", () => {
  it("takes focus when it appears and is an alert", () => {
    const { container } = render(<ErrorSummary title="確かめてください" errors={errors} />);
    expect(document.activeElement).toBe(container.querySelector(".m-errors"));
    expect(screen.getByRole("alert").textContent).toContain("電話番号を入れてください");
  });

  it("takes focus again when the same errors come back", () => {
    const { rerender, container } = render(
      <>
        <ErrorSummary title="x" errors={errors} attempt={1} />
        <input id="phone" />
      </>,
    );
    container.querySelector("input")?.focus();
    rerender(
      <>
        <ErrorSummary title="x" errors={errors} attempt={2} />
        <input id="phone" />
      </>,
    );
    expect(document.activeElement).toBe(container.querySelector(".m-errors"));
  });

  it("leads to the field", () => {
    const { container } = render(
      <>
        <ErrorSummary title="x" errors={errors} />
        <label for="phone">電話番号</label>
        <input id="phone" />
      </>,
    );
    fireEvent.click(screen.getByRole("link"));
    expect(document.activeElement).toBe(container.querySelector("input"));
  });

  it("is not there without errors", () => {
    const { container } = render(<ErrorSummary title="x" errors={[]} />);
    expect(container.innerHTML).toBe("");
  });
});
