import { describe, expect, it } from "vitest";
import { caps, type Focus, intentOf, type Press } from "./keys.ts";
import { actions } from "./model.ts";

const press = (code: string, more: Partial<Press> = {}): Press => ({
  code,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
  ...more,
});
const kindOf = (code: string, focus: Focus = "page", more: Partial<Press> = {}) =>
  intentOf(press(code, more), focus)?.kind;

describe("the clerk's keys", () => {
  it("reach every action by the key printed on its button", () => {
    const reached = actions.map((action) => intentOf(press(`Key${caps[action]}`), "page"));
    expect(reached).toEqual(actions.map((action) => ({ kind: "action", action })));
  });
  it.each([
    ["Space", "go"],
    ["KeyU", "undo"],
    ["KeyN", "note"],
    ["KeyD", "desk"],
    ["KeyA", "answer"],
    ["Slash", "search"],
    ["ArrowDown", "move"],
    ["Enter", "call_picked"],
    ["Digit2", "region"],
    ["F6", "next_region"],
    ["Escape", "leave"],
  ])("%s → %s", (code, kind) => {
    expect(kindOf(code)).toBe(kind);
  });
  it("list themselves with ?", () => {
    expect(kindOf("Slash", "page", { shiftKey: true })).toBe("keys");
  });
  it("leave letters, Space and / to a text field", () => {
    for (const code of ["KeyR", "KeyU", "Space", "Slash", "Digit1"])
      expect(kindOf(code, "text")).toBeUndefined();
    expect(kindOf("ArrowDown", "text")).toBe("move");
    expect(kindOf("Escape", "text")).toBe("leave");
  });
  it("leave Space and Enter to a focused button", () => {
    expect(kindOf("Space", "control")).toBeUndefined();
    expect(kindOf("Enter", "control")).toBeUndefined();
    expect(kindOf("KeyR", "control")).toBe("action");
  });
  it("take back with Ctrl+Z, and leave other shortcuts to the browser", () => {
    expect(kindOf("KeyZ", "page", { ctrlKey: true })).toBe("undo");
    expect(kindOf("KeyZ", "text", { ctrlKey: true })).toBeUndefined();
    expect(kindOf("KeyR", "page", { ctrlKey: true })).toBeUndefined();
    expect(kindOf("KeyF", "page", { metaKey: true })).toBeUndefined();
  });
  it("do nothing twice while a key is held down", () => {
    expect(kindOf("Space", "page", { repeat: true })).toBeUndefined();
    expect(kindOf("KeyR", "page", { repeat: true })).toBeUndefined();
    expect(kindOf("ArrowDown", "page", { repeat: true })).toBe("move");
  });
});
