import { Alert, Heading, Paragraph } from "@digdir/designsystemet-react";
import type { Difference, EnvironmentName, Token } from "../../bridge/wire";
import { EnvTag } from "../../components/EnvTag";
import { ScopeText } from "../../components/ScopeText";
import { orgNumber } from "../../i18n/formats";
import { useText } from "../../i18n/text";

type TokenSaysProps = { token: Token; environment: EnvironmentName | null; left: number };

/**
 * The token in one sentence: who may do what, where, and for how long. Another text every second, and so no live
 * region: a screen reader has the two moments of the countdown.
 */
export function TokenSays({ token, environment, left }: TokenSaysProps) {
  const { t, rich } = useText();
  const value = (name: string) => token.claims.find((claim) => claim.name === name)?.value ?? "";
  const [first = "", ...more] = value("scope").split(" ");
  const consumer = <strong>{value("consumer")}</strong>;
  const where = environment && <EnvTag environment={environment} />;
  const minutes = Math.floor(left / 60);
  const seconds = left % 60;
  const time = minutes > 0 ? t("pass.minutes", { minutes, seconds }) : t("pass.seconds", { seconds });
  return (
    <p className="app-token-says" data-testid="token-says">
        {more.length === 0
          ? rich("pass.says", { consumer, scope: <ScopeText scope={first} />, environment: where, left: time })
          : rich("pass.says_several", { consumer, first: <ScopeText scope={first} />, count: more.length, environment: where, left: time })}{" "}
        {value("supplier") !== "" && t("pass.supplier", { supplier: value("supplier") })}
    </p>
  );
}

/** What was asked for and came in another form; nothing when all is as asked. */
export function Differences({ differs }: { differs: Difference[] }) {
  const { t } = useText();
  if (differs.length === 0) return null;
  return (
    <Alert data-color="warning" data-testid="token-differs">
      <Heading level={3} data-size="2xs">
        {t("pass.differs.title")}
      </Heading>
      {differs.map(({ name, asked, received }) => (
        <Paragraph key={name}>
          {name === "pid"
            ? t("pass.differs.pid")
            : t(`pass.differs.${name as "scope" | "consumer" | "resource" | "authorization_details"}`, {
                asked: orgNumber(asked),
                received: received === "" ? t("pass.differs.nothing") : orgNumber(received),
              })}
        </Paragraph>
      ))}
    </Alert>
  );
}
