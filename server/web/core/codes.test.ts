import { describe, expect, it } from "vitest";
import {
  checkDigit,
  parseCode,
  parseMail,
  parsePhone,
  shortAddress,
  spokenCode,
  spokenPhone,
  ticketParts,
} from "./codes.ts";

const good = `4827193${checkDigit("4827193")}`;

describe("a telephone number", () => {
  it.each([
    ["09012345678", "090-1234-5678"],
    ["0936718181", "093-671-8181"],
    ["0312345678", "03-1234-5678"],
    ["0120123456", "0120-123-456"],
    ["123", "123"],
  ])("%s is shown as %s", (digits, shown) => {
    expect(spokenPhone(digits)).toBe(shown);
  });
});

describe("reservation code", () => {
  it("has the check digit of ISO/IEC 7064 MOD 11,10 (the standard's example 0794 → 5)", () => {
    expect(checkDigit("0794")).toBe("5");
  });

  it("is taken with spaces, hyphens and full-width digits", () => {
    const wide = good.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    for (const typed of [good, spokenCode(good), ` ${good.slice(0, 4)}-${good.slice(4)} `, wide]) {
      expect(parseCode(typed)).toEqual({ code: good });
    }
  });

  it("finds every single wrong digit", () => {
    for (let at = 0; at < 8; at += 1) {
      const other = String((Number(good[at]) + 3) % 10);
      const wrong = good.slice(0, at) + other + good.slice(at + 1);
      expect(parseCode(wrong), wrong).toEqual({ fault: "check" });
    }
  });

  it.each([
    ["", "empty"],
    ["  ", "empty"],
    ["1234567", "length"],
    ["123456789", "length"],
    ["1234567a", "not_digits"],
  ])("says what is wrong with %j: %s", (typed, fault) => {
    expect(parseCode(typed)).toEqual({ fault });
  });
});

describe("telephone number", () => {
  it.each([
    ["090-1234-5678", "09012345678"],
    ["０９０ー１２３４ー５６７８", "09012345678"],
    ["(093) 582-3311", "0935823311"],
    ["+81 90 1234 5678", "09012345678"],
  ])("reads %s", (typed, phone) => {
    expect(parsePhone(typed)).toEqual({ phone });
  });

  it.each([
    ["090-1234-56", "length"],
    ["190-1234-5678", "start"],
    ["O90-1234-5678", "not_digits"],
    ["", "empty"],
  ])("refuses %j: %s", (typed, fault) => {
    expect(parsePhone(typed)).toEqual({ fault });
  });
});

describe("mail address", () => {
  it("is taken as it is, width folded", () => {
    expect(parseMail(" hanako＠example.jp ")).toEqual({ mail: "hanako@example.jp" });
  });

  it.each([
    ["hanako", "at"],
    ["hanako@", "domain"],
    ["hanako@example", "domain"],
    ["a@b@example.jp", "at"],
    ["", "empty"],
  ])("refuses %j: %s", (typed, fault) => {
    expect(parseMail(typed)).toEqual({ fault });
  });
});

describe("ticket number", () => {
  it("falls into letter and digits", () => {
    expect(ticketParts("A012")).toEqual({ letter: "A", digits: "012" });
    expect(ticketParts("C9001")).toEqual({ letter: "C", digits: "9001" });
  });
});

describe("address", () => {
  it("goes without prefecture and city", () => {
    expect(shortAddress("福岡県北九州市門司区清滝一丁目1番1号")).toBe(
      "門司区\u200b清滝一丁目\u20601番\u20601号",
    );
    expect(shortAddress("小倉北区大手町1番1号")).toBe("小倉北区\u200b大手町1番\u20601号");
    expect(shortAddress("1-1 Otemachi, Kokurakita-ku")).toBe("1-1 Otemachi, Kokurakita-ku");
  });
});
