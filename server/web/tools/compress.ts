// After a build: pages move to the root of the output (booking/index.html → booking.html) and every text file gets its
// .br and .gz beside it, so that the server only picks one. Usage: node tools/compress.ts DIR
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const packed = /\.(html|js|css|svg|json|webmanifest|txt)$/;
const smallest = 256;

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

function liftPages(out: string): void {
  for (const entry of readdirSync(out, { withFileTypes: true })) {
    const page = join(out, entry.name, "index.html");
    if (!entry.isDirectory() || !statSync(page, { throwIfNoEntry: false })) continue;
    renameSync(page, join(out, `${entry.name}.html`));
    if (readdirSync(join(out, entry.name)).length === 0)
      rmSync(join(out, entry.name), { recursive: true });
  }
}

function compress(path: string): void {
  const bytes = readFileSync(path);
  if (bytes.length < smallest) return;
  const quality = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: quality }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}

const out = process.argv[2];
if (!out) {
  console.error("usage: node tools/compress.ts DIR");
  process.exit(2);
}
liftPages(out);
const all = files(out).filter((path) => packed.test(path));
for (const path of all) compress(path);
console.log(`compressed ${all.length} files in ${out}`);
