import { Alert, Heading, Paragraph } from "@digdir/designsystemet-react";
import { useState } from "react";
import { useApp } from "../../app/app-state";
import type { Mode } from "../../app/route";
import type { Identity } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { CertificateCard } from "../../components/CertificateCard";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { FailureAlert } from "../../components/FailureAlert";
import { Page } from "../../components/Page";
import { useText } from "../../i18n/text";
import { CheckedList } from "./CheckedList";
import { OwnKeyCard } from "./OwnKeyCard";
import { Revocation } from "./Revocation";
import type { Import } from "./use-import";

/** One stored certificate: from the list with what can be done, from the task list as what is in place. */
export function ShowView({ flow, identity, mode }: { flow: Import; identity: Identity; mode: Mode }) {
  const { t } = useText();
  const { profile, go } = useApp();
  const inUse = profile?.identity === identity.id;
  const step = mode === "step";
  const own = identity.own_key;
  return (
    <Page
      wide
      title={step ? t(own ? "certificate.own.ready" : "certificate.ready.title") : (identity.certificate?.organisation ?? identity.own_key?.kid ?? t("certificate.card.no_organisation"))}
      lead={own ? t("certificate.own.ready_lead") : step ? t("certificate.ready.lead") : t("certificate.show.lead")}
      step={step ? 4 : undefined}
      actions={step ? <StepActions flow={flow} onContinue={() => go({ path: "/" })} /> : <AreaActions flow={flow} identity={identity} />}
    >
      <div className="app-found">
        <div className="app-found-left">
          {!step && inUse && <Paragraph>{t(own ? "certificate.own.used" : "certificate.show.used")}</Paragraph>}
          {flow.state.notDone && <FailureAlert failure={flow.state.notDone} />}
          <section>
            <Heading level={2} data-size="2xs">
              {t("certificate.checked")}
            </Heading>
            <CheckedList checks={identity.checks} />
          </section>
          {identity.certificate && <Revocation identity={identity} onIssuers={flow.reload} />}
        </div>
        {identity.certificate && <CertificateCard facts={identity.certificate} />}
        {own && <OwnKeyCard id={identity.id} facts={own} onPosted={() => flow.notePosted(identity.id)} />}
      </div>
    </Page>
  );
}

function StepActions({ flow, onContinue }: { flow: Import; onContinue: () => void }) {
  const { t } = useText();
  return (
    <>
      <ActionButton arrow onAct={onContinue}>
        {t("common.continue")}
      </ActionButton>
      <ActionButton variant="secondary" data-testid="replace-certificate" onAct={() => flow.dispatch({ type: "drop" })}>
        {t("certificate.ready.replace")}
      </ActionButton>
    </>
  );
}

function AreaActions({ flow, identity }: { flow: Import; identity: Identity }) {
  const { t } = useText();
  const { profile } = useApp();
  const [asking, ask] = useState(false);
  const environment = (identity.certificate ?? identity.own_key)?.environment ?? "unknown";
  const fits = environment === "unknown" || profile?.environment === environment;
  const inUse = profile?.identity === identity.id;
  const own = identity.own_key !== null;
  const remove = own ? "certificate.own.remove" : "certificate.remove";
  return (
    <>
      {profile && !inUse && fits && (
        <ActionButton data-testid="choose-certificate" onAct={() => flow.choose(identity.id)}>
          {t("certificate.show.use")}
        </ActionButton>
      )}
      <ActionButton variant="secondary" onAct={() => flow.dispatch({ type: "show-list" })}>
        {t("certificate.show.back")}
      </ActionButton>
      <ActionButton variant="tertiary" data-color="danger" data-testid="remove-certificate" onAct={() => ask(true)}>
        {t("certificate.show.remove")}
      </ActionButton>
      {profile?.environment && !inUse && !fits && (
        <Alert data-color="info" className="app-wide">
          {t(own ? "certificate.own.wrong_environment" : "certificate.show.wrong_environment")}
        </Alert>
      )}
      {asking && (
        <ConfirmDialog
          title={t(`${remove}.title`)}
          text={
            identity.used_by > 0
              ? t(`${remove}.text`, { count: identity.used_by })
              : t(`${remove}.text_unused`)
          }
          yes={t("certificate.remove.yes")}
          no={t("certificate.remove.no")}
          color="danger"
          onYes={async () => {
            await flow.remove(identity.id);
            ask(false);
          }}
          onNo={() => ask(false)}
          testId="remove-dialog"
        />
      )}
    </>
  );
}
