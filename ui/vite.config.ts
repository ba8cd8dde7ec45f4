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
    rollupOptions: { treeshake: { moduleSideEffects: (id) => !UNUSED.test(id) } },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    css: false,
    restoreMocks: true,
    testTimeout: 60_000,
  },
}));

/**
 * Parts of Designsystemet that the window has no use for and that are kept otherwise, because they
 * register themselves: the deprecated Combobox, Suggestion and what only those need.
 */
const UNUSED = /components\/(Combobox|suggestion)|web\/dist\/esm\/(suggestion|pagination|breadcrumbs)|u-combobox|u-datalist|@tanstack|@floating-ui\/react|tabbable/;
