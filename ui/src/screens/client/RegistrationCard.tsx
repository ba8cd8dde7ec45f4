import { Card, Heading, Paragraph } from "@digdir/designsystemet-react";
import { useState } from "react";
import { useBridge } from "../../bridge/context";
import type { Profile, Registration } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { ScopeText } from "../../components/ScopeText";
import { orgNumber } from "../../i18n/formats";
import { useText } from "../../i18n/text";

/** What self-service knows of the client, where the oppsett may ask it; from then on we foresee with it. */
export function RegistrationCard({ profile }: { profile: Profile }) {
  const { t } = useText();
  const bridge = useBridge();
  const [told, tell] = useState<Registration | null>(null);
  if (!mayRead(profile)) return null;
  return (
    <section className="app-stack" aria-labelledby="registration-title" data-testid="registration">
      <Heading level={2} data-size="2xs" id="registration-title">
        {t("client.registration.title")}
      </Heading>
      <Paragraph>{t("client.registration.text")}</Paragraph>
      <div>
        <ActionButton variant="secondary" data-testid="read-registration" onAct={async () => tell(await bridge.readRegistration(profile.id))}>
          {t("client.registration.button")}
        </ActionButton>
      </div>
      <div role="status">{told && <Told told={told} />}</div>
    </section>
  );
}

function Told({ told: { owner, scopes, keys } }: { told: Registration }) {
  const { t, date } = useText();
  return (
    <Card variant="tinted" data-testid="registration-told">
      <Card.Block>
        {owner && <Paragraph>{t("client.registration.owner", { owner: orgNumber(owner) })}</Paragraph>}
        <Paragraph>{t("client.registration.scopes", { count: scopes.length })}</Paragraph>
        <ul>
          {scopes.map((scope) => (
            <li key={scope}>
              <ScopeText scope={scope} />
            </li>
          ))}
        </ul>
        <Paragraph>{t("client.registration.keys", { count: keys.length })}</Paragraph>
        <ul>
          {keys.map(({ kid, expires_at }) => (
            <li key={kid}>
              <code className="app-mono">{kid}</code> {expires_at !== null && t("client.registration.until", { date: date(expires_at) })}
            </li>
          ))}
        </ul>
      </Card.Block>
    </Card>
  );
}

/** In practice somebody may read for everybody. */
function mayRead({ client_id, environment, scopes }: Profile): boolean {
  return client_id !== null && (environment === "practice" || scopes.includes(READ_SCOPE));
}

/** Lets a client read those of its organisation (Digdir, "Selvbetjenings-API"). */
const READ_SCOPE = "idporten:dcr.read";
