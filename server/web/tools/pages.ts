// What every Vite configuration of the house shares: the JSX transform, targets, and the fixed order of CSS layers.
import type { Plugin, UserConfig } from "vite";

const layerOrder = "@layer tokens, base, components, modes, utilities;\n";

/** Names the layers in order before each style sheet, so that chunks may arrive in any order. */
export function layers(): Plugin {
  return {
    name: "matanai-layers",
    enforce: "pre",
    transform(code, id) {
      return /\.css(\?|$)/.test(id) ? { code: layerOrder + code, map: null } : null;
    },
  };
}

/** Tests beside the files that they test, in a page without a browser. */
export const tests = {
  environment: "happy-dom",
  include: ["**/*.test.{ts,tsx}"],
  setupFiles: ["testing/setup.ts"],
  css: false,
};

/** Base configuration; a page folder adds root, input and outDir. */
export function shared(): UserConfig {
  return {
    publicDir: false,
    plugins: [layers()],
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      target: ["chrome107", "safari16", "firefox104"],
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      emptyOutDir: true,
      reportCompressedSize: true,
    },
  };
}
