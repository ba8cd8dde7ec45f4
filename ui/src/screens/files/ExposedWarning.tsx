import { Alert, Checkbox, Heading, Paragraph, ValidationMessage } from "@digdir/designsystemet-react";
import type { Tick } from "../../components/ConfirmTick";
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
      <div className="app-tick">
        <Checkbox
          ref={tick.field}
          label={t("files.exposed.tick")}
          checked={tick.ticked}
          aria-invalid={tick.missing || undefined}
          aria-describedby={tick.missing ? MESSAGE : undefined}
          data-testid="exposed-tick"
          onChange={(event) => tick.set(event.target.checked)}
        />
        {tick.missing && (
          <ValidationMessage id={MESSAGE} data-color="danger">
            {t("files.exposed.missing")}
          </ValidationMessage>
        )}
      </div>
    </Alert>
  );
}

const MESSAGE = "exposed-missing";
