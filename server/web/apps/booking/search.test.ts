import { describe, expect, it } from "vitest";
import { mockOffice } from "../../testing/mock-api.ts";
import { findErrands, fold } from "./search.ts";

const found = (typed: string) => {
  const { errands, services } = findErrands(typed, mockOffice.errands, mockOffice.services);
  return [...errands, ...services].map((one) => one.id);
};

describe("search", () => {
  it("does not mind width, case or kana", () => {
    expect(fold("ﾏｲﾅﾝﾊﾞｰ")).toBe(fold("まいなんばー"));
    expect(fold("ＡＢＣ")).toBe("abc");
  });

  it("finds errands by their examples and services by their names", () => {
    expect(found("市内")).toEqual(["move"]);
    expect(found("転出")).toEqual(["move_out"]);
  });

  it("wants every word", () => {
    expect(found("引っ越し　市外")).toEqual(["move"]);
    expect(found("引っ越し 年金")).toEqual([]);
  });
});
