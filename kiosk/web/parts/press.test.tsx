import { fireEvent, render } from "@testing-library/preact";
import { beforeEach, expect, it, vi } from "vitest";

let Press: typeof import("./press.tsx").Press;

// The pause after a hit is kept for the whole screen: each test gets a screen of its own.
beforeEach(async () => {
  vi.resetModules();
  ({ Press } = await import("./press.tsx"));
});

function makeButton(isKey = true) {
  const onPress = vi.fn();
  const { getByRole } = render(
    <Press class="k-button" onPress={onPress} isKey={isKey}>
      x
    </Press>,
  );
  return { button: getByRole("button"), onPress };
}

const at = (clientX: number, clientY = 0) => ({ clientX, clientY });

it("acts when the finger leaves, however long it stayed", () => {
  const { button, onPress } = makeButton();
  fireEvent.pointerDown(button, at(10));
  expect(onPress).not.toHaveBeenCalled();
  fireEvent.pointerUp(button, at(25));
  expect(onPress).toHaveBeenCalledOnce();
});

it("does not act when the finger moved away", () => {
  const { button, onPress } = makeButton();
  fireEvent.pointerDown(button, at(10));
  fireEvent.pointerUp(button, at(31));
  expect(onPress).not.toHaveBeenCalled();
});

it("does not act on a finger that came down elsewhere", () => {
  const { button, onPress } = makeButton();
  fireEvent.pointerUp(button, at(10));
  expect(onPress).not.toHaveBeenCalled();
});

it("acts once for two hits in quick succession", () => {
  const { button, onPress } = makeButton(false);
  for (let hits = 0; hits < 2; hits += 1) {
    fireEvent.pointerDown(button, at(0));
    fireEvent.pointerUp(button, at(0));
  }
  expect(onPress).toHaveBeenCalledOnce();
});

it("acts by keyboard, and not again on the click that follows a finger", () => {
  const { button, onPress } = makeButton();
  fireEvent.click(button, { detail: 0 });
  fireEvent.click(button, { detail: 1 });
  expect(onPress).toHaveBeenCalledOnce();
});
