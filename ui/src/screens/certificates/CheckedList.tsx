import type { Check } from "../../bridge/wire";
import { CheckList } from "../../components/CheckList";
import { checkText } from "../../components/check-text";
import { useText, type Text } from "../../i18n/text";

/** «Vi har sjekket»: the program's checks in the words of the shared texts. */
export function CheckedList({ checks }: { checks: Check[] }) {
  const text = useText();
  return (
    <CheckList
      rows={checks.map((check) => ({
        id: check.code,
        state: check.state,
        title: checkTitle(text, check) ?? check.code,
        help: checkText(text, check, "help"),
      }))}
    />
  );
}

export function checkTitle(text: Text, check: Check): string | null {
  return checkText(text, check, "title");
}
