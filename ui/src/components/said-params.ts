import { orgNumber } from "../i18n/formats";
import { sharedText } from "../i18n/shared";
import type { Text } from "../i18n/text";

/**
 * The values of a failure or a check, as a person reads them.
 * The program sends dates as "2026-03-14", organisation numbers as nine digits, and words of its own
 * ("production", "pdf") whose translations stand under `values` in the shared texts.
 */
export function saidParams(text: Pick<Text, "language" | "date">, params: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, said(text, name, value)]));
}

function said({ language, date }: Pick<Text, "language" | "date">, name: string, value: string): string {
  const words = sharedText(language, "values", name);
  if (words !== null && typeof words !== "string" && Object.hasOwn(words, value)) return String(words[value]);
  return ISO_DATE.test(value) ? date(value) : orgNumber(value);
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
