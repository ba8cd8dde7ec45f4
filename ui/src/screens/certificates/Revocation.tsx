import { Alert, Heading, Paragraph } from "@digdir/designsystemet-react";
import { useState } from "react";
import { useApp } from "../../app/app-state";
import { asFailure, useBridge } from "../../bridge/context";
import type { Failure, Identity, Revocation as Answer } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { FailureAlert } from "../../components/FailureAlert";
import { useText, type Text } from "../../i18n/text";

type RevocationProps = { identity: Identity; onIssuers: () => Promise<unknown> };

/** Whether the issuer has revoked the certificate. Asked only when the user asks: it goes out on the network. */
export function Revocation({ identity, onIssuers }: RevocationProps) {
  const { t } = useText();
  const bridge = useBridge();
  const { profile } = useApp();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  // The band promises that nothing is sent, and no issuer knows a practice certificate.
  const silent = profile?.environment === "practice" || identity.certificate?.environment === "practice";
  const ask = async () => {
    setFailure(null);
    try {
      setAnswer(await bridge.checkRevocation(identity.id));
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
  };
  const incomplete = identity.checks.some(({ code }) => code === "chain_incomplete");
  return (
    <section className="app-revocation" aria-label={t("certificate.revocation.title")} data-testid="revocation">
      <Heading level={2} data-size="2xs">
        {t("certificate.revocation.title")}
      </Heading>
      <Paragraph data-size="sm">{t(silent ? "certificate.revocation.practice" : "certificate.revocation.help")}</Paragraph>
      {!silent && (
        <div className="app-row">
          <ActionButton variant="secondary" data-testid="check-revocation" onAct={ask}>
            {t("certificate.revocation.ask")}
          </ActionButton>
        </div>
      )}
      {failure && <FailureAlert failure={failure} />}
      <div role="status" className="app-status">
        {answer && <Told answer={answer} />}
      </div>
      {(incomplete || answer?.problem === "issuer_missing") && <Issuers identity={identity} silent={silent} onIssuers={onIssuers} />}
    </section>
  );
}

function Told({ answer }: { answer: Answer }) {
  const text = useText();
  const { t, date } = text;
  const since = answer.revoked_at ? date(answer.revoked_at) : null;
  return (
    <Alert data-color={COLORS[answer.state]} data-testid={`revocation-${answer.state}`}>
      <p className="app-alert-title">
        {answer.state === "revoked" && since ? t("certificate.revocation.revoked_since", { date: since }) : t(`certificate.revocation.${answer.state}`)}
      </p>
      <Paragraph>{t(`certificate.revocation.${answer.state}_help`)}</Paragraph>
      {answer.reason && (
        <Paragraph>
          {t("certificate.revocation.reason", { reason: text.maybe(`certificate.revocation.reasons.${answer.reason}`) ?? answer.reason })}
        </Paragraph>
      )}
      {answer.problem && <Paragraph>{text.maybe(`certificate.revocation.problem.${answer.problem}`)}</Paragraph>}
      <Paragraph data-size="sm">{when(text, answer)}</Paragraph>
    </Alert>
  );
}

/** When it was asked, who answered, and as of when the answer holds. */
function when({ t, date, clock }: Text, { host, as_of, checked_at }: Answer): string {
  const seconds = Date.parse(checked_at) / 1000;
  const asked = { day: date(seconds), clock: clock(seconds) };
  if (host === null || as_of === null) return t("certificate.revocation.asked", asked);
  const known = Date.parse(as_of) / 1000;
  return t("certificate.revocation.answered", { ...asked, host, known_day: date(known), known_clock: clock(known) });
}

/** The issuers' certificates that the file lacked: from the issuer itself, or from a file the user has. */
function Issuers({ identity, silent, onIssuers }: RevocationProps & { silent: boolean }) {
  const { t } = useText();
  const bridge = useBridge();
  return (
    <>
      <Paragraph data-size="sm">{t("certificate.revocation.issuers")}</Paragraph>
      <div className="app-row">
        {!silent && (
          <ActionButton
            variant="secondary"
            data-testid="fetch-issuers"
            onAct={async () => {
              await bridge.fetchIssuers(identity.id);
              await onIssuers();
            }}
          >
            {t("certificate.revocation.fetch")}
          </ActionButton>
        )}
        <ActionButton
          variant="tertiary"
          data-testid="add-issuers"
          onAct={async () => {
            if (await bridge.addIssuers()) await onIssuers();
          }}
        >
          {t("certificate.revocation.add")}
        </ActionButton>
      </div>
    </>
  );
}

const COLORS = { good: "success", revoked: "danger", unknown: "warning", unreachable: "info" } as const;
