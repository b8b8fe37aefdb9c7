// How the window is built: one page, its own fonts, nothing inlined, because the content security policy allows no
// inline script and no `data:` font.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  server: { port: 5173, strictPort: true },
  build: {
    // WebKitGTK of Debian 12 is the oldest engine that has to draw it.
    target: "safari16.4",
    assetsInlineLimit: 0,
    // The polyfill is an inline script, and every engine that is meant knows module preloading.
    modulePreload: { polyfill: false },
  },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.ts"],
    // A view with all its rows takes axe seconds where the machine compiles something else beside.
    testTimeout: 60_000,
    setupFiles: ["tests/setup.ts"],
  },
});
