import nb from "../../../src-tauri/crates/onboarding/texts/nb.json";
import type { Failure, Language } from "../bridge/wire";
import { fill } from "./text";

/** What the window and the command line both say about a failure: what happened, why, what to do. */
export type FailureText = { what: string; why: string; do: string[] };

/** A text of the shared files: a sentence, or an object of sentences (for example title and explanation). */
export type SharedText = string | { [part: string]: string | string[] };

/** The shared texts of a language, by section and code. */
export function sharedText(language: Language, section: string, code: string): SharedText | null {
  return files[language]?.[section]?.[code] ?? files.nb?.[section]?.[code] ?? null;
}

/** The three texts of a failure, its values filled in. A code without words is an unknown refusal, or our own mistake. */
export function failureText(language: Language, failure: Pick<Failure, "code" | "params">): FailureText {
  const found = wordsOf(language, failure.code);
  if (found === null) return { what: failure.code, why: "", do: [] };
  const params = { ...generalWords(language), ...withoutEmpty(failure.params) };
  const say = (part: string | string[] | undefined) => (typeof part === "string" ? fill(part, params) : "");
  const steps = found.do;
  return {
    // The heading and the reason that were found true, where the program has checked.
    what: say(found[`what_${failure.params.known}`] ?? found.what),
    why: say(found[`why_${failure.params.known}`] ?? found.why),
    do: Array.isArray(steps) ? steps.map((step) => fill(step, params)) : steps ? [say(steps)] : [],
  };
}

/** Where a failure is known from, in a sentence; null for what the program itself has seen. */
export function sourceText(language: Language, code: string): string | null {
  const words = sharedText(language, "failures", code);
  const source = words !== null && typeof words !== "string" ? words.source : undefined;
  const said = typeof source === "string" ? sharedText(language, "sources", source) : null;
  return typeof said === "string" ? said : null;
}

/** Who can help with a failure, in a sentence. */
export function whoText(language: Language, code: string): string | null {
  const to = wordsOf(language, code)?.to;
  const said = typeof to === "string" ? sharedText(language, "who", to) : null;
  return typeof said === "string" ? said : null;
}

/** The words of a code; those of an unknown refusal, or of our own mistake, for one that has none. */
function wordsOf(language: Language, code: string): Exclude<SharedText, string> | null {
  const unknown = code.startsWith("mp_") ? "refusal_unknown" : "internal";
  const found = sharedText(language, "failures", code) ?? sharedText(language, "failures", unknown);
  return typeof found === "string" ? null : found;
}

/** Words for values that are not known: «scopet» for `scope`. */
function generalWords(language: Language): Record<string, string> {
  const words = sharedText(language, "values", "unknown");
  return words !== null && typeof words !== "string" ? (words as Record<string, string>) : {};
}

function withoutEmpty(params: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== ""));
}

export type SharedFile = Record<string, Record<string, SharedText>>;

/** The shared texts that are here; the others come with their language (`languages.ts`). */
export const files: Partial<Record<Language, SharedFile>> = { nb };
