import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const sources = import.meta.glob<string>("./**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
// Read from the disk: style sheets are left out of what the tests import.
const styles = readdirSync("src/styles").map((name) => [name, readFileSync(`src/styles/${name}`, "utf8")] as const);
const without = (...parts: string[]) =>
  Object.entries(sources).filter(([path]) => !parts.some((part) => path.includes(part)));

test("only tests and fixture mode know the fake program", () => {
  const knowing = without(".test.", "./test/", "./bridge/fixtures/", "./bridge/fake").filter(([, text]) => /bridge\/(fake|fixtures)|"\.\/fake/.test(text));
  expect(knowing.map(([path]) => path)).toEqual(["./main.tsx"]);
});

test("components have no words of their own: no letter from å, ø, æ outside the catalogues and comments", () => {
  const speaking = without(".test.", "./i18n/", "./bridge/").filter(([, text]) => {
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    return /["'`>][^"'`<>{}=;]*[æøåÆØÅ]/.test(code);
  });
  expect(speaking.map(([path]) => path)).toEqual([]);
});

test("styles use the theme's tokens: no colour of their own, and logical directions", () => {
  for (const [path, text] of styles) {
    const rules = text.replace(/\/\*[\s\S]*?\*\//g, "");
    expect([path, rules.match(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/i)?.[0]]).toEqual([path, undefined]);
    expect([path, rules.match(/\b(margin|padding|border)-(left|right|top|bottom)\b|[\s;{](width|height):/)?.[0]]).toEqual([path, undefined]);
  }
});
