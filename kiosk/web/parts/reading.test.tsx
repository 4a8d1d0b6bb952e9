import { render } from "@testing-library/preact";
import { expect, it } from "vitest";
import { Reading } from "./reading.tsx";

it("puts readings over the marked words only", () => {
  const { container } = render(<Reading text="ご｜用件《ようけん》を おえらびください" />);
  expect(container.innerHTML).toBe(
    "ご<ruby>用件<rp>(</rp><rt>ようけん</rt><rp>)</rp></ruby>を おえらびください",
  );
});

it("leaves text without marks alone", () => {
  expect(render(<Reading text="What do you need?" />).container.textContent).toBe(
    "What do you need?",
  );
});
