// Paper read by programs that know nothing of ours: zbarimg reads the QR code of every language on every head, tesseract
// the number, from the picture that `matanai-print preview` draws.

import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { readQr } from "../e2e/support/codes.ts";
import { binFolder } from "./support/server.ts";

const heads = [
  [576, 203],
  [512, 180],
  [432, 203],
  [384, 203],
] as const;
const locales = ["ja", "ja-x-easy", "en", "zh-Hans", "ko", "vi"];

function print(args: string[], input = ""): Buffer {
  return execFileSync(join(binFolder, "matanai-print"), args, { input, maxBuffer: 1e8 });
}

// One grey byte a dot.
interface Picture {
  readonly width: number;
  readonly rows: Buffer[];
}

// A PNG of 8 bits a channel or 1 bit grey, as its specification says (unfiltering included).
function decode(png: Buffer): Picture {
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString("latin1", at + 4, at + 8) === "IDAT")
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const [width, height, depth] = [png.readUInt32BE(16), png.readUInt32BE(20), png.readUInt8(24)];
  const channels = { 0: 1, 2: 3, 4: 2, 6: 4 }[png.readUInt8(25)] ?? 1;
  const step = Math.max(1, (channels * depth) / 8);
  const stride = Math.ceil((width * channels * depth) / 8);
  const raw = inflateSync(Buffer.concat(data));
  const rows: Buffer[] = [];
  let above: Buffer = Buffer.alloc(stride);
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1);
    above = unfilter(raw[start] ?? 0, raw.subarray(start + 1, start + 1 + stride), above, step);
    const line = above;
    const dot = (x: number) =>
      depth === 1 ? (((line[x >> 3] ?? 0) >> (7 - (x & 7))) & 1) * 255 : (line[x * step] ?? 0);
    rows.push(Buffer.from(Array.from({ length: width }, (_, x) => dot(x))));
  }
  return { width, rows };
}

function unfilter(kind: number, line: Buffer, above: Buffer, step: number): Buffer {
  const out = Buffer.from(line);
  for (let i = 0; i < out.length; i += 1) {
    const [a, b, c] = [out[i - step] ?? 0, above[i] ?? 0, i < step ? 0 : (above[i - step] ?? 0)];
    const distance = (value: number) => Math.abs(a + b - c - value);
    const nearest =
      distance(a) <= distance(b) && distance(a) <= distance(c)
        ? a
        : distance(b) <= distance(c)
          ? b
          : c;
    const predicted = [0, a, b, (a + b) >> 1, nearest][kind] ?? 0;
    out[i] = (out[i] ?? 0) + predicted;
  }
  return out;
}

// The tallest run of inked rows above the code is the number; a third of the size is what tesseract likes.
function numberBand({ width, rows }: Picture): Buffer {
  const inked = rows.slice(0, rows.length / 2).map((row) => row.some((dot) => dot < 128));
  let best = { from: 0, to: 0 };
  for (let y = 0, from = -1; y <= inked.length; y += 1) {
    if (inked[y] && from < 0) from = y;
    if (inked[y] || from < 0) continue;
    if (y - from > best.to - best.from) best = { from, to: y };
    from = -1;
  }
  const [margin, scale] = [30, 3];
  const [w, h] = [
    Math.floor(width / scale),
    Math.floor((best.to - best.from + 2 * margin) / scale),
  ];
  const out = Buffer.alloc(w * h);
  for (let y = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1) {
      let sum = 0;
      for (let i = 0; i < scale * scale; i += 1) {
        const row = best.from - margin + y * scale + Math.floor(i / scale);
        const inside = row >= best.from && row < best.to;
        sum += inside ? (rows[row]?.[x * scale + (i % scale)] ?? 255) : 255;
      }
      out[y * w + x] = Math.round(sum / (scale * scale));
    }
  }
  return Buffer.concat([Buffer.from(`P5\n${w} ${h}\n255\n`), out]);
}

function sample(locale: string): { json: string; url: string; number: string } {
  const json = print(["sample", "--locale", locale]).toString();
  return { json, ...JSON.parse(json) };
}
const preview = (json: string, dots: number, dpi: number) =>
  print(
    ["preview", "-", "--dots", `${dots}`, "--dpi", `${dpi}`, "-o", "-", "--format", "png"],
    json,
  );

test.each(locales)("zbarimg reads the code of a ticket in %s on every head", (locale) => {
  const ticket = sample(locale);
  for (const [dots, dpi] of heads) {
    expect(readQr(preview(ticket.json, dots, dpi)), `${dots} dots`).toBe(ticket.url);
  }
});

const hasTesseract = spawnSync("tesseract", ["--version"]).status === 0;
if (!hasTesseract) console.log("skipped: tesseract-ocr is not installed");

test.skipIf(!hasTesseract).each(locales)(
  "tesseract reads the number in %s on every head",
  (locale) => {
    const ticket = sample(locale);
    for (const [dots, dpi] of heads) {
      const read = execFileSync(
        "tesseract",
        [
          "-",
          "-",
          "-l",
          "eng",
          "--psm",
          "7",
          "-c",
          "tessedit_char_whitelist=ABCDEFGHJKLMNPRSTUVWXYZ0123456789",
        ],
        {
          input: numberBand(decode(preview(ticket.json, dots, dpi))),
          stdio: ["pipe", "pipe", "ignore"],
        },
      );
      expect(read.toString().trim(), `${dots} dots`).toBe(ticket.number);
    }
  },
);
