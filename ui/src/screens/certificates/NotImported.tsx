import { Alert, Heading, Paragraph } from "@digdir/designsystemet-react";
import type { Failure } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { useText } from "../../i18n/text";
import { fieldFailure } from "./field-failure";
import type { Import } from "./use-import";

/** The certificate could not be kept. With a keychain out of reach it can still be used until the app closes. */
export function NotImported({ flow, failure }: { flow: Import; failure: Failure }) {
  const text = useText();
  const { t } = text;
  const keychain = failure.code.startsWith("keychain_");
  if (!keychain) {
    return (
      <Alert data-color="danger" role="alert" data-testid="not-imported">
        <Paragraph>{fieldFailure(text, failure)}</Paragraph>
      </Alert>
    );
  }
  const locked = failure.code === "keychain_locked";
  return (
    <Alert data-color="warning" role="alert" data-testid="keychain-failed">
      <Heading level={2} data-size="2xs">
        {locked ? t("certificate.keep.locked_title") : t("certificate.keep.missing_title")}
      </Heading>
      <Paragraph>{locked ? t("certificate.keep.locked_text") : t("certificate.keep.missing_text")}</Paragraph>
      <div className="app-row">
        {locked && (
          <ActionButton variant="secondary" onAct={() => flow.use("sealed")}>
            {t("common.retry")}
          </ActionButton>
        )}
        <ActionButton variant="secondary" data-testid="session-instead" onAct={() => flow.use("session")}>
          {t("certificate.keep.session_instead")}
        </ActionButton>
      </div>
    </Alert>
  );
}
