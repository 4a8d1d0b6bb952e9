// One build of all pages that the server serves: every apps/*/index.html is an entry (booking.html, counter.html, …).
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, mergeConfig } from "vite";
import { shared } from "./tools/pages.ts";

const apps = join(import.meta.dirname, "apps");
// MATANAI_PAGES=booking,gallery builds only these.
const only = process.env.MATANAI_PAGES?.split(",");
const input = Object.fromEntries(
  readdirSync(apps)
    .map((name) => [name, join(apps, name, "index.html")] as const)
    .filter(([name, page]) => existsSync(page) && (only?.includes(name) ?? true)),
);
const backend = process.env.MATANAI_SERVER ?? "http://127.0.0.1:8080";

// One shared chunk (few requests) of the view library and our own ground; examples and the QR code stay outside.
const isBase = (id: string) =>
  /\/(node_modules\/(@preact|preact)|server\/web\/(core|api|ui|words\/index))/.test(id) &&
  !/\.examples\.|\/pass\/qr\.ts/.test(id);

export default defineConfig(
  mergeConfig(shared(), {
    root: apps,
    build: {
      outDir: join(import.meta.dirname, "../../build/web/server"),
      rolldownOptions: {
        input,
        output: { codeSplitting: { groups: [{ name: "base", test: isBase }] } },
      },
    },
    server: { proxy: { "/api": { target: backend, ws: true }, "/t/": backend } },
  }),
);
