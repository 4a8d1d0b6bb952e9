import { render, screen } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { Pass } from "./pass.tsx";
import { qrShape } from "./qr.ts";

describe("pass", () => {
  it("shows the code in two groups and the QR code of the token", async () => {
    render(<Pass title="x" token="MR01" qrLabel="QRコード" codeLabel="予約番号" code="48271936" />);
    expect(screen.getByText("4827 1936")).toBeTruthy();
    const picture = await screen.findByRole("img", { name: "QRコード" });
    expect(picture.querySelector("path")?.getAttribute("d")).toBe(qrShape("MR01").path);
  });

  it("has the three finder patterns of a QR code", () => {
    const { size, isDark } = qrShape("MR0123456789ABCDEFGHJKMNPQRSX");
    const corners: [number, number][] = [
      [0, 0],
      [size - 7, 0],
      [0, size - 7],
    ];
    for (const [x, y] of corners) {
      const row = Array.from({ length: 7 }, (_, index) => isDark(x + index, y + 1));
      expect(row).toEqual([true, false, false, false, false, false, true]);
    }
  });
});
