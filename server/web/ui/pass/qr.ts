// The QR code of a text as an SVG path, one unit per module. In a module of its own so that pages load it late.
import { generate } from "lean-qr";

export interface QrShape {
  /** Modules per side, without the quiet zone */
  size: number;
  /** Path of the black modules */
  path: string;
  isDark: (x: number, y: number) => boolean;
}

export function qrShape(text: string): QrShape {
  const code = generate(text);
  const { size } = code;
  let path = "";
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
    }
  }
  return { size, path, isDark: (x, y) => code.get(x, y) };
}
