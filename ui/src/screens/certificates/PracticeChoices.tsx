import { Alert, Heading, Paragraph } from "@digdir/designsystemet-react";
import { useState, type ReactNode } from "react";
import { useApp } from "../../app/app-state";
import { asFailure, useBridge } from "../../bridge/context";
import type { EnvironmentName, Failure, SavedPractice } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { CopyRow } from "../../components/CopyRow";
import { FailureAlert } from "../../components/FailureAlert";
import { useText } from "../../i18n/text";
import type { Import } from "./use-import";

/** For those without a certificate: the practice one, at once or as a file to import, or a key of their own. */
export function WithoutCertificate({ flow, environment }: { flow: Import; environment: EnvironmentName }) {
  const { t } = useText();
  const own = (
    <ActionButton variant="tertiary" data-testid="own-key-instead" onAct={() => flow.dispatch({ type: "own" })}>
      {t("certificate.own.instead")}
    </ActionButton>
  );
  return (
    <section className="app-without-certificate">
      <Heading level={2} data-size="2xs">
        {t("certificate.practice.title")}
      </Heading>
      {environment === "practice" && <InPractice flow={flow} own={own} />}
      {environment === "test" && <OfferPractice own={own} />}
      {environment === "production" && <div className="app-row">{own}</div>}
    </section>
  );
}

function InPractice({ flow, own }: { flow: Import; own: ReactNode }) {
  const { t } = useText();
  const bridge = useBridge();
  const [saved, setSaved] = useState<SavedPractice | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  const save = async () => {
    setFailure(null);
    try {
      setSaved((await bridge.savePracticeCertificate()) ?? saved);
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
  };
  return (
    <>
      <div className="app-row">
        <ActionButton variant="secondary" data-testid="use-practice-certificate" onAct={flow.usePractice}>
          {t("certificate.practice.use")}
        </ActionButton>
        <ActionButton
          variant="tertiary"
          data-testid="save-practice-certificate"
          onAct={save}
        >
          {t("certificate.practice.save")}
        </ActionButton>
        {own}
      </div>
      {failure && <FailureAlert failure={failure} />}
      <div role="status" className="app-status">
        {saved && (
          <Alert data-color="success" data-testid="practice-certificate-saved">
            <Heading level={3} data-size="2xs">
              {t("certificate.practice.saved")}
            </Heading>
            <Paragraph>{t("certificate.practice.saved_text", { name: saved.name })}</Paragraph>
            <CopyRow
              mono
              label={t("certificate.practice.password")}
              value={saved.password}
              onCopy={() => bridge.copyPassword(saved.password)}
            />
          </Alert>
        )}
      </div>
    </>
  );
}

/** In test the practice certificate is of no use: a practice oppsett is. */
function OfferPractice({ own }: { own: ReactNode }) {
  const { t } = useText();
  const bridge = useBridge();
  const { activate, go } = useApp();
  const [asking, ask] = useState(false);
  return (
    <>
      <div className="app-row">
        <ActionButton variant="secondary" data-testid="use-practice-certificate" onAct={() => ask(true)}>
          {t("certificate.practice.use")}
        </ActionButton>
        {own}
      </div>
      {asking && (
        <ConfirmDialog
          title={t("certificate.practice.switch_title")}
          text={t("certificate.practice.switch_text")}
          yes={t("certificate.practice.switch_yes")}
          no={t("certificate.practice.switch_no", { environment: t("env.test.name") })}
          onYes={async () => {
            const { id } = await bridge.startPractice();
            ask(false);
            await activate(id);
            go({ path: "/" });
          }}
          onNo={() => ask(false)}
          testId="switch-to-practice"
        />
      )}
    </>
  );
}
