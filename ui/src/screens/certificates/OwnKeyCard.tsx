import { KeyHorizontalIcon } from "@navikt/aksel-icons";
import type { OwnKeyCard as Facts } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { CodeBlock } from "../../components/CodeBlock";
import { CopyRow } from "../../components/CopyRow";
import { EnvTag } from "../../components/EnvTag";
import { useText } from "../../i18n/text";
import { usePublicKey } from "./use-public-key";

type OwnKeyCardProps = { id: string; facts: Facts; onPosted: () => Promise<unknown> };

/** A key without certificate: its name, how long it lasts, and the public half to paste into self-service. */
export function OwnKeyCard({ id, facts, onPosted }: OwnKeyCardProps) {
  const { t, date } = useText();
  const texts = usePublicKey(id);
  const rows = [
    { id: "made", label: t("certificate.own.made"), value: date(facts.made_at) },
    { id: "posted", label: t("certificate.own.posted"), value: facts.posted_at ? date(facts.posted_at) : t("certificate.own.not_posted") },
    { id: "renew", label: t("certificate.own.renew"), value: date(facts.renew_by) },
    { id: "key", label: t("certificate.card.key"), value: t("certificate.card.key_size", { type: facts.key_type, bits: facts.key_bits }) },
  ];
  return (
    <section className="app-own-key" aria-label={t("certificate.own.card")} data-testid="own-key-card">
      <div className="app-own-key-head">
        <KeyHorizontalIcon aria-hidden fontSize="1.75rem" />
        <EnvTag environment={facts.environment} />
      </div>
      <CopyRow mono label={t("certificate.own.kid")} value={facts.kid} />
      <dl className="app-own-key-facts">
        {rows.map((row) => (
          <div key={row.id}>
            <dt>{row.label}</dt>
            <dd>{row.value}</dd>
          </div>
        ))}
      </dl>
      <p className="app-lasting">{t("certificate.own.year")}</p>
      {texts && (
        <>
          <CodeBlock title={t("certificate.own.jwk")} code={texts.jwk} testId="public-jwk" />
          <CodeBlock title={t("certificate.own.pem")} code={texts.pem} testId="public-pem" />
        </>
      )}
      <ActionButton variant="secondary" data-testid="key-posted" onAct={onPosted}>
        {t(facts.posted_at ? "certificate.own.post_again" : "certificate.own.post")}
      </ActionButton>
    </section>
  );
}
