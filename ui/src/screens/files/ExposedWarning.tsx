import { Alert, Heading, Paragraph } from "@digdir/designsystemet-react";
import { TickBox, type Tick } from "../../components/ConfirmTick";
import { useText } from "../../i18n/text";

/** A key that nothing locks is saved only by someone who has said that they know. */
export function ExposedWarning({ tick }: { tick: Tick }) {
  const { t } = useText();
  return (
    <Alert data-color="warning" data-testid="exposed-warning">
      <Heading level={2} data-size="2xs">
        {t("files.exposed.title")}
      </Heading>
      <Paragraph>{t("files.exposed.text")}</Paragraph>
      <TickBox tick={tick} label={t("files.exposed.tick")} missing={t("files.exposed.missing")} testId="exposed-tick" />
    </Alert>
  );
}
