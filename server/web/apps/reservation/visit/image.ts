// The pass as a picture that a phone keeps without a network: QR code, number, date. Black on white.
import { spokenCode } from "../../../core/codes.ts";
import { prepareQr } from "../../../ui/pass/pass.tsx";
import type { QrShape } from "../../../ui/pass/qr.ts";

const width = 720;
const height = 980;
const quiet = 4;
const codeTop = 40;
const codeSize = 640;

/** undefined when the browser has no canvas. */
export async function drawPass(
  token: string,
  code: string,
  lines: readonly string[],
): Promise<Blob | undefined> {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  if (!pen) return undefined;
  pen.fillStyle = "white";
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = "black";
  const shape = (await prepareQr())?.qrShape(token);
  if (shape) drawCode(pen, shape);
  const family = getComputedStyle(document.body).fontFamily;
  pen.textAlign = "center";
  pen.font = `700 72px ${family}`;
  pen.fillText(spokenCode(code), width / 2, 780);
  pen.font = `400 32px ${family}`;
  lines.forEach((line, index) => {
    pen.fillText(line, width / 2, 850 + index * 56, width - 40);
  });
  return new Promise((done) => canvas.toBlob((blob) => done(blob ?? undefined), "image/png"));
}

/** Modules are whole pixels and begin on one: a half pixel would leave grey seams that readers stumble over. */
export function drawCode(pen: Pick<CanvasRenderingContext2D, "fillRect">, qr: QrShape): void {
  const module = Math.floor(codeSize / (qr.size + 2 * quiet));
  const start = Math.floor((width - module * qr.size) / 2);
  for (let y = 0; y < qr.size; y += 1) {
    for (let x = 0; x < qr.size; x += 1) {
      if (qr.isDark(x, y))
        pen.fillRect(start + x * module, codeTop + (y + quiet) * module, module, module);
    }
  }
}
