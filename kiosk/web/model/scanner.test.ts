import { describe, expect, it } from "vitest";
import { checkCharacter, isToken, makeScanDetector } from "./scanner.ts";

const body = "0123456789ABCDEFGHJKMNPQRS";
const token = `MR${body}${checkCharacter(body)}`;

/** Types the keys with the gaps between them; what was heard of the last key, and which keys were taken. */
function type(keys: readonly string[], gaps: number | readonly number[]) {
  const detector = makeScanDetector();
  let at = 5000;
  const heard = keys.map((key, index) => {
    at += typeof gaps === "number" ? gaps : (gaps[index] ?? 10);
    return detector.hear({ key, at });
  });
  return { last: heard.at(-1), taken: heard.filter(({ isMine }) => isMine).length };
}

describe("the scanner", () => {
  it("is heard at its usual 8 ms a key, Enter included", () => {
    const { last, taken } = type([...token, "Enter"], 8);
    expect(last).toEqual({ isMine: true, token });
    expect(taken).toBe(token.length);
  });

  it("is heard through one slow key of 120 ms", () => {
    const gaps = Array.from({ length: 30 }, (_, index) => (index === 12 ? 120 : 8));
    expect(type([...token, "Enter"], gaps).last?.token).toBe(token);
  });

  it("may send small letters and shift keys", () => {
    const keys = [...token.toLowerCase()].flatMap((key) => ["Shift", key]);
    expect(type([...keys, "Enter"], 4).last?.token).toBe(token);
  });

  it("is not a person: slow keys are left alone", () => {
    const { last, taken } = type([...token, "Enter"], 60);
    expect(last).toEqual({ isMine: false });
    expect(taken).toBe(0);
  });

  it("is not heard over a pause of more than 120 ms", () => {
    const gaps = Array.from({ length: 30 }, (_, index) => (index === 12 ? 121 : 8));
    expect(type([...token, "Enter"], gaps).last?.token).toBeUndefined();
  });

  it("is told from a misread by the check character", () => {
    const wrong = `${token.slice(0, -1)}${token.endsWith("0") ? "1" : "0"}`;
    expect(type([...wrong, "Enter"], 8).last).toEqual({ isMine: true, isMisread: true });
  });

  it("may read a code that is not ours", () => {
    expect(type([..."https://example.jp/x", "Enter"], 8).last).toEqual({
      isMine: true,
      isMisread: true,
    });
  });

  it("does not take a few quick keys of a person for a code", () => {
    expect(type(["4", "8", "2", "Enter"], 30).last).toEqual({ isMine: false });
  });

  it("leaves every digit to the number pad, however fast", () => {
    expect(type([..."123456789012"], 4).taken).toBe(0);
  });

  it("tells a number of eight digits, and a longer one as not ours", () => {
    expect(type([..."12345678", "Enter"], 8).last).toEqual({ isMine: true, isNumber: true });
    expect(type([..."4901234567894", "Enter"], 8).last).toEqual({ isMine: true, isMisread: true });
  });

  it("is left alone while an input method composes", () => {
    const detector = makeScanDetector();
    expect(detector.hear({ key: "M", at: 1, isComposing: true })).toEqual({ isMine: false });
  });

  it("reads the next code as well as the first", () => {
    const detector = makeScanDetector();
    let at = 0;
    const press = (key: string) => {
      at += 8;
      return detector.hear({ key, at });
    };
    const scan = () => [...token, "Enter"].map(press).at(-1);
    expect(scan()?.token).toBe(token);
    expect(scan()?.token).toBe(token);
  });
});

describe("a token", () => {
  it.each([
    ["", false],
    [token, true],
    [token.toLowerCase(), false],
    [`XX${token.slice(2)}`, false],
    [token.slice(0, -1), false],
    [`MR${"I".repeat(26)}0`, false],
  ])("%s: %s", (text, expected) => expect(isToken(text)).toBe(expected));

  it("has the check character of the house's C++ (one pair kept from there)", () => {
    expect(checkCharacter("00000000000000000000000000")).toBe("0");
  });
});
