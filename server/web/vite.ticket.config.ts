// The script and style of the server's own ticket page (/t/{token}) under fixed names, /ticket/ticket.js and
// /ticket/ticket.css, so that the C++ template needs no manifest.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, mergeConfig, type Plugin } from "vite";
import { shared } from "./tools/pages.ts";

function mark(): Plugin {
  const source = readFileSync(join(import.meta.dirname, "ui/frame/mark.svg"));
  return {
    name: "matanai-mark",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "mark.svg", source });
    },
  };
}

export default defineConfig(
  mergeConfig(shared(), {
    root: import.meta.dirname,
    plugins: [mark()],
    build: {
      outDir: join(import.meta.dirname, "../../build/web/server/ticket"),
      rolldownOptions: {
        input: join(import.meta.dirname, "apps/ticket/ticket.ts"),
        output: {
          entryFileNames: "ticket.js",
          assetFileNames: "ticket[extname]",
          codeSplitting: false,
        },
      },
    },
  }),
);
