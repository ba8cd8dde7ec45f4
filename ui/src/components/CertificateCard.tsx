import { Details } from "@digdir/designsystemet-react";
import { SealCheckmarkIcon } from "@navikt/aksel-icons";
import type { CertificateCard as Facts } from "../bridge/wire";
import { orgNumber } from "../i18n/formats";
import { useText } from "../i18n/text";
import { CopyRow } from "./CopyRow";
import { EnvTag } from "./EnvTag";

/** A certificate in plain words: whose it is, from whom, for how long and for what. */
export function CertificateCard({ facts }: { facts: Facts }) {
  const { t, maybe, date } = useText();
  const rows = [
    { id: "issuer", label: t("certificate.card.issuer"), value: facts.issuer },
    {
      id: "valid",
      label: t("certificate.card.valid"),
      value:
        facts.not_before && facts.not_after
          ? t("certificate.card.valid_range", { from: date(facts.not_before), to: date(facts.not_after) })
          : t("certificate.card.valid_unknown"),
    },
    { id: "purpose", label: t("certificate.card.purpose"), value: t(`certificate.key.${facts.purpose}`) },
    {
      id: "key",
      label: t("certificate.card.key"),
      value: t("certificate.card.key_size", { type: facts.key_type, bits: facts.key_bits }),
    },
    {
      id: "type",
      label: t("certificate.card.type"),
      value: maybe(`certificate.card.profile.${facts.profile}`) ?? t("certificate.card.profile.other"),
    },
  ];
  return (
    <section className="app-cert" aria-label={t("certificate.card.kind")} data-testid="certificate-card">
      <div className="app-cert-head">
        <SealCheckmarkIcon aria-hidden fontSize="2.25rem" />
        <div className="app-cert-owner">
          <span className="app-cert-kind">
            {facts.profile === "practice" ? t("certificate.card.kind_practice") : t("certificate.card.kind")}
          </span>
          <span className="app-cert-name">{facts.organisation ?? t("certificate.card.no_organisation")}</span>
          {facts.org_number && (
            <span className="app-cert-number">
              {t("certificate.card.org_number", { number: orgNumber(facts.org_number) })}
            </span>
          )}
        </div>
        {facts.environment !== "unknown" && <EnvTag environment={facts.environment} />}
      </div>
      <dl className="app-cert-rows">
        {rows.map(({ id, label, value }) => (
          <div key={id} className="app-cert-row">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Chain names={facts.chain} />
      <Details data-color="neutral" className="app-cert-details">
        <Details.Summary>{t("certificate.card.details")}</Details.Summary>
        <Details.Content>
          <CopyRow mono label={t("certificate.card.serial")} value={facts.serial} />
          <CopyRow mono label={t("certificate.card.sha256")} value={facts.sha256} />
          <CopyRow mono label={t("certificate.card.subject")} value={facts.subject} />
          <CopyRow mono label={t("certificate.card.issuer_dn")} value={facts.issuer_name} />
          <CopyRow mono label={t("certificate.card.alias")} value={facts.alias} />
        </Details.Content>
      </Details>
    </section>
  );
}

/** The chain as people read it: the root first, the certificate itself last. */
function Chain({ names }: { names: string[] }) {
  const { t } = useText();
  if (names.length < 2) return null;
  return (
    <div className="app-cert-chain">
      <span className="app-cert-chain-label">{t("certificate.card.chain")}</span>
      <ol>
        {/* An issuer may be called the same as the one above it. */}
        {[...names].reverse().map((name, index) => (
          <li key={index}>{name}</li>
        ))}
      </ol>
    </div>
  );
}
