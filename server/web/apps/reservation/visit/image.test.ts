import { describe, expect, it } from "vitest";
import { qrShape } from "../../../ui/pass/qr.ts";
import { drawCode } from "./image.ts";

describe("the picture of the code", () => {
  const rects: number[][] = [];
  drawCode(
    { fillRect: (...rect) => void rects.push(rect) },
    qrShape("MR0123456789ABCDEFGHJKMNPQRSX"),
  );

  it("is made of whole pixels", () => {
    expect(rects.length).toBeGreaterThan(100);
    expect(rects.flat().filter((one) => !Number.isInteger(one))).toEqual([]);
  });

  it("has a quiet zone of four modules", () => {
    const module = rects[0]?.[2] ?? 0;
    expect(Math.min(...rects.map(([x = 0]) => x))).toBeGreaterThanOrEqual(4 * module);
    expect(Math.min(...rects.map(([, y = 0]) => y))).toBeGreaterThanOrEqual(4 * module);
  });
});
