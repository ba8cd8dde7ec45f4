import type { Failure } from "../bridge/wire";
import { saidParams } from "./said-params";
import { failureText } from "../i18n/shared";
import type { Text } from "../i18n/text";

/**
 * A failure in the sentences that fit at a field: what happened, and what to do first.
 * Where the program has something to tell of this very file, such as what it is instead, that is said too.
 */
export function fieldFailure(text: Text, failure: Failure): string {
  const said = failureText(text.language, { code: failure.code, params: saidParams(text, failure.params) });
  const particular = Object.keys(failure.params).length > 0 ? said.why : "";
  return [said.what, particular, said.do[0] ?? (particular ? "" : said.why)].filter(Boolean).map(ended).join(" ");
}

function ended(sentence: string): string {
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}
