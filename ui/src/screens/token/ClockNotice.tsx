import { Alert, Paragraph } from "@digdir/designsystemet-react";
import { failureText } from "../../i18n/shared";
import { useText } from "../../i18n/text";

/** The clock of this machine was so many seconds wrong, and the request corrected for it. */
export function ClockNotice({ offset }: { offset: number }) {
  const { language } = useText();
  const params = { seconds: String(Math.abs(offset)) };
  const said = failureText(language, { code: "foreseen_clock_corrected", params });
  return (
    <Alert data-color="warning" data-testid="clock-notice">
      <Paragraph className="app-foresight-title">{said.what}</Paragraph>
      <Paragraph data-size="sm">
        {said.why} {said.do[0]}
      </Paragraph>
    </Alert>
  );
}
