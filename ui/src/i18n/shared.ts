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
  const found = sharedText(language, "failures", failure.code) ?? sharedText(language, "failures", failure.code.startsWith("mp_") ? "refusal_unknown" : "internal");
  if (found === null || typeof found === "string") return { what: failure.code, why: "", do: [] };
  const say = (part: string | string[] | undefined) => (typeof part === "string" ? fill(part, failure.params) : "");
  const steps = found.do;
  return {
    what: say(found.what),
    why: say(found.why),
    do: Array.isArray(steps) ? steps.map((step) => fill(step, failure.params)) : steps ? [say(steps)] : [],
  };
}

export type SharedFile = Record<string, Record<string, SharedText>>;

/** The shared texts that are here; the others come with their language (`languages.ts`). */
export const files: Partial<Record<Language, SharedFile>> = { nb };
