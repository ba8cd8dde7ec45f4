import { Alert, Heading, Paragraph } from "@digdir/designsystemet-react";
import type { Failure } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { saidParams } from "../../components/said-params";
import { failureText } from "../../i18n/shared";
import { useText } from "../../i18n/text";
import type { Import } from "./use-import";

/** The certificate could not be kept. Where sealing is what failed, it can still be used until the app closes. */
export function NotImported({ flow, failure }: { flow: Import; failure: Failure }) {
  const text = useText();
  const { t } = text;
  const said = failureText(text.language, { code: failure.code, params: saidParams(text, failure.params) });
  const sealing = SEALING.some((beginning) => failure.code.startsWith(beginning));
  return (
    <Alert data-color={sealing ? "warning" : "danger"} role="alert" data-testid="not-imported">
      <Heading level={2} data-size="2xs">
        {said.what}
      </Heading>
      <Paragraph>{said.do[0] ?? said.why}</Paragraph>
      {sealing && (
        <div className="app-row">
          <ActionButton variant="secondary" data-color="accent" data-testid="seal-again" onAct={() => flow.use("sealed")}>
            {t("common.retry")}
          </ActionButton>
          <ActionButton variant="secondary" data-color="accent" data-testid="session-instead" onAct={() => flow.use("session")}>
            {t("certificate.keep.session_instead")}
          </ActionButton>
        </div>
      )}
    </Alert>
  );
}

const SEALING = ["keychain_", "vault_"];
