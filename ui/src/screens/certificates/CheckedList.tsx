import type { Check } from "../../bridge/wire";
import { CheckList } from "../../components/CheckList";
import { saidParams } from "../../components/said-params";
import { sharedText } from "../../i18n/shared";
import { fill, useText, type Text } from "../../i18n/text";

/** «Vi har sjekket»: the program's checks in the words of the shared texts. */
export function CheckedList({ checks }: { checks: Check[] }) {
  const text = useText();
  return (
    <CheckList
      rows={checks.map((check) => ({
        id: check.code,
        state: check.state,
        title: checkTitle(text, check) ?? check.code,
        help: checkPart(text, check, "help"),
      }))}
    />
  );
}

export function checkTitle(text: Text, check: Check): string | null {
  return checkPart(text, check, "title");
}

function checkPart(text: Text, { code, params }: Check, part: "title" | "help"): string | null {
  const found = sharedText(text.language, "checks", code);
  if (found === null) return null;
  const template = typeof found === "string" ? (part === "title" ? found : null) : found[part];
  return typeof template === "string" && template !== "" ? fill(template, saidParams(text, params)) : null;
}
