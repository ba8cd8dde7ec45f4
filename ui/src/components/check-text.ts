import type { Check } from "../bridge/wire";
import { sharedText } from "../i18n/shared";
import { fill, type Text } from "../i18n/text";
import { saidParams } from "./said-params";

/** The words of one of the program's checks; null where it has none. */
export function checkText(text: Text, { code, params }: Check, part: "title" | "help"): string | null {
  const found = sharedText(text.language, "checks", code);
  if (found === null) return null;
  const template = typeof found === "string" ? (part === "title" ? found : null) : found[part];
  return typeof template === "string" && template !== "" ? fill(template, saidParams(text, params)) : null;
}
