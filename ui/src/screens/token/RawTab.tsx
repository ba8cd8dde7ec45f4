import { CheckmarkCircleFillIcon, ExclamationmarkTriangleFillIcon } from "@navikt/aksel-icons";
import type { Token } from "../../bridge/wire";
import { CodeBlock } from "../../components/CodeBlock";
import { useText } from "../../i18n/text";

/** The token's parts, decoded, and whether Maskinporten really signed them. */
export function RawTab({ token }: { token: Token }) {
  const { t } = useText();
  const Icon = token.verified ? CheckmarkCircleFillIcon : ExclamationmarkTriangleFillIcon;
  return (
    <div className="app-stack app-raw" data-testid="raw">
      <p className="app-raw-verified" data-state={token.verified ? "ok" : "warning"}>
        <Icon aria-hidden fontSize="1.25rem" />
        {token.verified ? t("token.raw.verified") : t("token.raw.unverified")}
      </p>
      <CodeBlock title={t("token.raw.header")} code={token.header} />
      <CodeBlock title={t("token.raw.payload")} code={token.payload} />
      <p className="app-small">{t("token.raw.left_out")}</p>
    </div>
  );
}
