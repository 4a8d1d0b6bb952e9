// Reads QR codes from pictures with zbar, as a phone or the kiosk's scanner would.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the QR code of the picture holds; "" when there is none. */
export function readQr(png: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), "matanai-qr-"));
  try {
    const file = join(folder, "code.png");
    writeFileSync(file, png);
    const found = spawnSync("zbarimg", ["--quiet", "--raw", file], { encoding: "utf8" });
    if (found.error) throw found.error;
    return found.stdout.trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
