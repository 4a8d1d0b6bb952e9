// The touch screen's build; matanai-kiosk serves it on loopback.
import { join } from "node:path";
import { shared } from "@matanai/web/tools";
import { defineConfig, mergeConfig } from "vite";

const backend = process.env.MATANAI_KIOSK ?? "http://127.0.0.1:8081";

export default defineConfig(
  mergeConfig(shared(), {
    root: import.meta.dirname,
    build: { outDir: join(import.meta.dirname, "../../build/web/kiosk") },
    server: { proxy: { "/api": { target: backend, ws: true } } },
  }),
);
