import { Alert, Heading, Paragraph } from "@digdir/designsystemet-react";
import { ConfirmTick, type Tick } from "../../components/ConfirmTick";
import { useText } from "../../i18n/text";

/** The production confirmation as part of a page, where production is being chosen. */
export function InlineConfirmation({ tick }: { tick: Tick }) {
  const { t } = useText();
  return (
    <Alert data-color="warning" className="app-confirm" data-testid="production-inline">
      <Heading level={2} data-size="2xs">
        {t("env.confirm.inline_title")}
      </Heading>
      <Paragraph>{t("env.confirm.text")}</Paragraph>
      <ConfirmTick tick={tick} />
    </Alert>
  );
}
