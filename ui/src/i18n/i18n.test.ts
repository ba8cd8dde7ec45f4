import { expect, test } from "vitest";
import { catalogues, isPlural } from "./catalogue";
import { orgNumber, shortId } from "./formats";
import { files, whoText } from "./shared";
import { fill, textIn } from "./text";

/** Every text by key: the plural forms as two. */
function texts(node: unknown, path = ""): Map<string, string> {
  if (typeof node === "string") return new Map([[path, node]]);
  const found = new Map<string, string>();
  for (const [key, child] of Object.entries(node as object)) {
    texts(child, path ? `${path}.${key}` : key).forEach((text, at) => found.set(at, text));
  }
  return found;
}

const placeholders = (text: string) => [...text.matchAll(/\{([a-z_]+)\}/g)].map(([, name]) => name).sort();
const nb = texts(catalogues.nb);

test.each(["nn", "en"] as const)("%s has bokmål's keys and placeholders, and no others", (language) => {
  const other = texts(catalogues[language] ?? {});
  expect([...other.keys()].sort()).toEqual([...nb.keys()].sort());
  for (const [key, text] of nb) expect([key, placeholders(other.get(key) ?? "")]).toEqual([key, placeholders(text)]);
});

test.each(["nb", "nn", "en"] as const)("no text in %s is empty or has loose spaces", (language) => {
  for (const [key, text] of texts(catalogues[language] ?? {})) expect([key, text.trim() === text && text !== ""]).toEqual([key, true]);
});

test("nynorsk is not left in bokmål", () => {
  const bokmål = /\b(ikke|hva|hvem|hvilke[nt]?|jeg|fra|noe|virksomheten|din maskin|sertifikatene|trenger|velg)\b/i;
  for (const [key, text] of texts(catalogues.nn ?? {})) {
    // Names of buttons in the portals are quoted, and stay as they are.
    const own = text.replace(/«[^»]*»/g, "");
    expect([key, bokmål.test(own)]).toEqual([key, false]);
  }
});

test("a key that is put together says null when it does not exist", () => {
  const text = textIn("nb");
  expect(text.maybe("road.task.4")).toBe("Importer virksomhetssertifikatet");
  expect(text.maybe("road.task.9")).toBeNull();
  expect(text.maybe("road.task")).toBeNull();
  expect(text.maybe("constructor.name")).toBeNull();
});

test("every failure says who can help", () => {
  const codes = Object.keys(files.nb?.failures ?? {});
  const said = new Set(codes.map((code) => whoText("nb", code)));
  // Provider, Digdir, IT, Altinn, issuer, administrator, the makers, and nobody but the user.
  expect([said.size, said.has(null)]).toEqual([8, false]);
  expect(whoText("nb", "mp_999")).toBe(whoText("nb", "refusal_unknown"));
});

test("values fill their placeholders, and an unknown one is seen", () => {
  expect(fill("{a} av {b}", { a: 3 })).toBe("3 av {b}");
  expect(textIn("nb").t("road.progress", { done: 3, total: 8 })).toBe("3 av 8 steg er ferdige");
});

test("a plural is one text, chosen by its number", () => {
  const plurals = [...nb.keys()].filter((key) => key.endsWith(".one")).map((key) => key.slice(0, -".one".length));
  for (const key of plurals) {
    const at = key.split(".").reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], catalogues.nb);
    expect([key, isPlural(at)]).toEqual([key, true]);
    expect(textIn("nb").maybe(key, { count: 1 })).not.toBe(textIn("nb").maybe(key, { count: 2 }));
  }
});

test("dates, times, sizes and numbers are written as the language writes them", () => {
  const at = new Date(2026, 2, 14, 14, 32, 7).getTime() / 1000;
  expect(textIn("nb").date("2026-03-14")).toBe("14. mars 2026");
  expect(textIn("nn").time(at)).toBe("14.32.07");
  expect(textIn("en").date(at)).toBe("14 March 2026");
  expect(textIn("en").clock(at)).toBe("14:32");
  expect(textIn("nb").size(6200)).toBe("6,2\u00a0kB");
  expect(textIn("nb").day("2026-11-12")).toBe("12. november");
  expect(orgNumber("313045285")).toBe("313\u00a0045\u00a0285");
  expect(orgNumber("31304528")).toBe("31304528");
  expect(shortId("2b45e138-3a5e-4b1c-9a5f-6d1c8a7b00ea")).toBe("2b45e138…00ea");
});
