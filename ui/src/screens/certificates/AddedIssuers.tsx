import { Alert, Heading, Paragraph } from "@digdir/designsystemet-react";
import { useEffect, useRef, useState } from "react";
import { asFailure, useBridge } from "../../bridge/context";
import type { Failure, IssuerCard } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { FailureAlert } from "../../components/FailureAlert";
import { useText } from "../../i18n/text";

/** The issuers' certificates that the user added or had fetched; nothing where there is none. */
export function AddedIssuers({ onRemoved }: { onRemoved: () => Promise<void> }) {
  const { t, date } = useText();
  const bridge = useBridge();
  const [issuers, setIssuers] = useState<IssuerCard[]>([]);
  const [removed, setRemoved] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const section = useRef<HTMLElement>(null);

  useEffect(() => {
    let wanted = true;
    bridge.listIssuers().then(
      (found) => wanted && setIssuers(found),
      (thrown: unknown) => wanted && setFailure(asFailure(thrown)),
    );
    return () => {
      wanted = false;
    };
  }, [bridge]);

  const remove = async ({ sha256, name }: IssuerCard) => {
    setFailure(null);
    setRemoved(null);
    try {
      await bridge.removeIssuer(sha256);
      setIssuers(await bridge.listIssuers());
      setRemoved(name);
      await onRemoved();
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
    // The button that was pressed is gone.
    section.current?.focus();
  };

  if (issuers.length === 0 && removed === null && failure === null) return null;
  return (
    <section ref={section} tabIndex={-1} className="app-issuers" aria-labelledby="issuers-title" data-testid="issuers">
      <Heading id="issuers-title" level={2} data-size="2xs">
        {t("certificate.issuers.title")}
      </Heading>
      <Paragraph data-size="sm">{t("certificate.issuers.help")}</Paragraph>
      {failure && <FailureAlert failure={failure} />}
      <div role="status" className="app-status">
        {removed !== null && <Alert data-color="success">{t("certificate.issuers.removed", { name: removed })}</Alert>}
      </div>
      {issuers.length > 0 && (
        <ul className="app-issuer-list">
          {issuers.map((issuer) => (
            <li key={issuer.sha256} className="app-issuer-row">
              <div className="app-cert-list-who">
                <span className="app-cert-list-name">{issuer.name}</span>
                <span className="app-cert-list-facts">
                  {t(issuer.known_root ? "certificate.issuers.known_root" : "certificate.list.valid_to", { date: date(issuer.valid_until) })}
                </span>
              </div>
              <ActionButton
                variant="tertiary"
                data-color="danger"
                aria-label={t("certificate.issuers.remove_name", { name: issuer.name })}
                data-testid={`remove-issuer-${issuer.sha256}`}
                onAct={() => remove(issuer)}
              >
                {t("certificate.issuers.remove")}
              </ActionButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
