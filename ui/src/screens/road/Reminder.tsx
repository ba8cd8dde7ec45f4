import { Alert, Heading, Paragraph } from "@digdir/designsystemet-react";
import type { Check } from "../../bridge/wire";
import { checkText } from "../../components/check-text";
import { useText, type Text } from "../../i18n/text";

/** A certificate or a key that runs out: said where the user comes by, in good time. */
export function Reminder({ check }: { check: Check }) {
  const text = useText();
  const title = titleOf(text, check);
  if (title === null) return null;
  return (
    <Alert data-color="warning" data-size="sm" data-testid="reminder">
      <Heading level={2} data-size="2xs">
        {title}
      </Heading>
      <Paragraph>{isCertificate(check) ? text.t("road.reminder.text") : checkText(text, check, "help")}</Paragraph>
    </Alert>
  );
}

/** In the card of a certificate it is clear what runs out; here it must be said. */
function titleOf(text: Text, check: Check): string | null {
  if (isCertificate(check)) return text.t("road.reminder.title", { count: Number(check.params.days) });
  return checkText(text, check, "title");
}

function isCertificate({ code }: Check): boolean {
  return code === "expires_soon";
}
