import { CheckmarkCircleFillIcon, ExclamationmarkTriangleFillIcon } from "@navikt/aksel-icons";
import type { Profile, Token } from "../../bridge/wire";
import { CodeBlock } from "../../components/CodeBlock";
import { useText } from "../../i18n/text";
import { PastedToken } from "./PastedToken";

/** The token's parts, decoded, and whether Maskinporten really signed them. */
export function RawTab({ token, profile }: { token: Token; profile: Profile }) {
  const { t } = useText();
  return (
    <div className="app-stack app-raw" data-testid="raw">
      <SignatureSaid good={token.verified} text={token.verified ? t("token.raw.verified") : t("token.raw.unverified")} />
      <CodeBlock title={t("token.raw.header")} code={token.header} />
      <CodeBlock title={t("token.raw.payload")} code={token.payload} />
      <p className="app-small">{t("token.raw.left_out")}</p>
      <PastedToken profile={profile} />
    </div>
  );
}

/** What is known of a signature, by icon and words. */
export function SignatureSaid({ good, text }: { good: boolean; text: string }) {
  const Icon = good ? CheckmarkCircleFillIcon : ExclamationmarkTriangleFillIcon;
  return (
    <p className="app-raw-verified" data-state={good ? "ok" : "warning"}>
      <Icon aria-hidden fontSize="1.25rem" />
      {text}
    </p>
  );
}
