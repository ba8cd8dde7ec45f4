import type { Language } from "../bridge/wire";
import { catalogues, type Catalogue } from "./catalogue";
import { files, type SharedFile } from "./shared";

/** Whether a language can be spoken now. */
export function isHere(language: Language): boolean {
  return language in catalogues;
}

/** Fetches the words of a language, once, and answers the language to speak: bokmål where it cannot be had. */
export async function loadLanguage(language: Language): Promise<Language> {
  if (language === "nb" || isHere(language)) return language;
  try {
    const [words, shared] = await SOURCES[language]();
    files[language] = shared;
    catalogues[language] = words;
    return language;
  } catch {
    return "nb";
  }
}

/** Kept out of what the window loads first: most users need one of the three. */
const SOURCES: Record<Exclude<Language, "nb">, () => Promise<[Catalogue, SharedFile]>> = {
  nn: () => Promise.all([import("./nn").then(({ nn }) => nn), import("../../../src-tauri/crates/onboarding/texts/nn.json").then(asShared)]),
  en: () => Promise.all([import("./en").then(({ en }) => en), import("../../../src-tauri/crates/onboarding/texts/en.json").then(asShared)]),
};

function asShared(file: { default: SharedFile }): SharedFile {
  return file.default;
}
