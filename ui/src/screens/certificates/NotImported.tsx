import { Alert, Heading, Paragraph } from "@digdir/designsystemet-react";
import type { Failure, Keep } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { saidParams } from "../../components/said-params";
import { failureText } from "../../i18n/shared";
import { useText } from "../../i18n/text";
import { isOfSealing } from "./import-state";

type NotImportedProps = {
  failure: Failure;
  /** Tries again, and keeps it this way. */
  onUse: (keep: Keep) => Promise<unknown>;
};

/** The certificate could not be kept. Where sealing is what failed, it can still be used until the app closes. */
export function NotImported({ failure, onUse }: NotImportedProps) {
  const text = useText();
  const { t } = text;
  const said = failureText(text.language, { code: failure.code, params: saidParams(text, failure.params) });
  const sealing = isOfSealing(failure);
  return (
    <Alert data-color={sealing ? "warning" : "danger"} role="alert" data-testid="not-imported">
      <Heading level={2} data-size="2xs">
        {said.what}
      </Heading>
      <Paragraph>{said.do[0] ?? said.why}</Paragraph>
      {sealing && (
        <div className="app-row">
          <ActionButton variant="secondary" data-color="accent" data-testid="seal-again" onAct={() => onUse("sealed")}>
            {t("common.retry")}
          </ActionButton>
          <ActionButton variant="secondary" data-color="accent" data-testid="session-instead" onAct={() => onUse("session")}>
            {t("certificate.keep.session_instead")}
          </ActionButton>
        </div>
      )}
    </Alert>
  );
}
