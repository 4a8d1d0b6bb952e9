// The script and style of the server's own ticket page (/t/{token}) under fixed names, /ticket/ticket.js and
// /ticket/ticket.css, so that the C++ template needs no manifest.
import { join } from "node:path";
import { defineConfig, mergeConfig } from "vite";
import { shared } from "./tools/pages.ts";

export default defineConfig(
  mergeConfig(shared(), {
    root: import.meta.dirname,
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
