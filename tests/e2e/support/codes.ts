// Reads QR codes from pictures with zbar, as a phone or the kiosk's scanner would.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the one QR code of the picture holds. */
export function readQr(png: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), "matanai-qr-"));
  try {
    const file = join(folder, "code.png");
    writeFileSync(file, png);
    return execFileSync("zbarimg", ["--quiet", "--raw", file], { encoding: "utf8" }).trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
