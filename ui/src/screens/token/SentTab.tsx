import { Paragraph } from "@digdir/designsystemet-react";
import type { Sent } from "../../bridge/wire";
import { CodeBlock } from "../../components/CodeBlock";
import { useText } from "../../i18n/text";

/** What left the machine: three sentences, and the request itself, decoded. */
export function SentTab({ sent }: { sent: Sent }) {
  const { t } = useText();
  const header = fieldsOf(sent.header);
  const claims = fieldsOf(sent.claims);
  const lifetime = Number(claims.exp) - Number(claims.iat);
  const alg = String(header.alg ?? "");
  const byCertificate = "x5c" in header;
  const wholeChain = Array.isArray(header.x5c) && header.x5c.length > 1;
  const host = sent.token_endpoint.replace(/^https?:\/\//, "");
  const steps = [
    { id: "made", title: t("token.sent.made"), text: t("token.sent.made_text", { count: Number.isFinite(lifetime) ? lifetime : 0 }) },
    byCertificate
      ? { id: "signed", title: t("token.sent.signed"), text: t(wholeChain ? "token.sent.signed_chain_text" : "token.sent.signed_text", { alg }) }
      : { id: "signed", title: t("token.sent.signed_key"), text: t("token.sent.signed_key_text", { alg }) },
    { id: "sent", title: t("token.sent.sent", { host }), text: t("token.sent.sent_text", { status: sent.status, ms: sent.elapsed_ms }) },
  ];
  return (
    <div className="app-sent" data-testid="sent">
      <div>
        <Paragraph>
          {t("token.sent.intro")} {t("token.sent.term")}
        </Paragraph>
        <ol className="app-sent-steps">
          {steps.map(({ id, title, text }) => (
            <li key={id}>
              <span className="app-sent-title">{title}</span>
              <span className="app-sent-text">{text}</span>
            </li>
          ))}
        </ol>
      </div>
      <div className="app-stack">
        <CodeBlock title={t("token.sent.claims")} code={sent.claims} />
        <CodeBlock title={t("token.sent.header")} code={sent.header} />
      </div>
    </div>
  );
}

function fieldsOf(json: string): Record<string, unknown> {
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return {};
  }
}
