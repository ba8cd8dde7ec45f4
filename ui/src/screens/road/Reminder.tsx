import { Alert, Heading, Paragraph } from "@digdir/designsystemet-react";
import type { Check } from "../../bridge/wire";
import { checkText } from "../../components/check-text";
import { useText } from "../../i18n/text";

/** A certificate or a key that runs out: said where the user comes by, in good time. */
export function Reminder({ check }: { check: Check }) {
  const text = useText();
  const title = checkText(text, check, "title");
  if (title === null) return null;
  return (
    <Alert data-color="warning" data-size="sm" data-testid="reminder">
      <Heading level={2} data-size="2xs">
        {title}
      </Heading>
      <Paragraph>{checkText(text, check, "help")}</Paragraph>
    </Alert>
  );
}
