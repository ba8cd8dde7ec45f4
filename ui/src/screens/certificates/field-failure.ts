import type { Failure } from "../../bridge/wire";
import { saidParams } from "../../components/said-params";
import { failureText } from "../../i18n/shared";
import type { Text } from "../../i18n/text";

/** A failure in the two sentences that fit at a field: what happened, and what to do first. */
export function fieldFailure(text: Text, failure: Failure): string {
  const said = failureText(text.language, { code: failure.code, params: saidParams(text, failure.params) });
  return [said.what, said.do[0] ?? said.why].filter(Boolean).map(ended).join(" ");
}

function ended(sentence: string): string {
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}
