import { beforeEach, describe, expect, it } from "vitest";
import { recallPlace, rememberPlace } from "./memory.ts";

describe("the remembered window", () => {
  beforeEach(() => localStorage.clear());

  it("comes back", () => {
    rememberPlace({ office: "moji", window: "3" });
    expect(recallPlace()).toEqual({ office: "moji", window: "3" });
  });
  it("is nothing at first, and nothing when the storage holds something else", () => {
    expect(recallPlace()).toBeUndefined();
    localStorage.setItem("matanai.counter", "{broken");
    expect(recallPlace()).toBeUndefined();
    localStorage.setItem("matanai.counter", '"moji"');
    expect(recallPlace()).toBeUndefined();
  });
});
