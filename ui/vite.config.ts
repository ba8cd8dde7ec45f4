import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/**
 * The window is served from the program itself: no inlined assets, because the
 * content security policy allows fonts and scripts from 'self' only.
 * `__FIXTURES__` is false in a production build, so the fake bridge and its
 * made-up data are left out of what users get.
 */
export default defineConfig(({ command, mode }) => ({
  base: "./",
  plugins: [react()],
  define: { __FIXTURES__: JSON.stringify(command === "serve" || mode === "fixtures") },
  server: { port: 1420, strictPort: true, fs: { allow: [".."] } },
  clearScreen: false,
  build: {
    outDir: "../target/ui",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    css: false,
    restoreMocks: true,
  },
}));
