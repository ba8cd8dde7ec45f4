import { KeyHorizontalIcon } from "@navikt/aksel-icons";
import { useApp } from "../../app/app-state";
import { profileName } from "../../app/names";
import type { Profile } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { CopyButton } from "../../components/CopyButton";
import { EnvTag } from "../../components/EnvTag";
import { Page } from "../../components/Page";
import { ScopeText } from "../../components/ScopeText";
import { useText } from "../../i18n/text";
import { RegistrationCard } from "./RegistrationCard";

/** The clients the program knows: one for each oppsett that has one. */
export function ListView({ onReplace }: { onReplace: () => void }) {
  const { t } = useText();
  const { profiles, profile } = useApp();
  const known = profiles.filter(({ client_id }) => client_id !== null);
  return (
    <Page
      wide
      title={t("client.list.title")}
      lead={t("client.list.lead")}
      actions={
        <ActionButton variant={profile?.client_id ? "secondary" : "primary"} data-testid="replace-client" onAct={onReplace}>
          {profile?.client_id ? t("client.list.replace") : t("client.title")}
        </ActionButton>
      }
    >
      <ul className="app-client-list" data-testid="client-list">
        {known.map((one) => (
          <Row key={one.id} profile={one} active={one.id === profile?.id} />
        ))}
      </ul>
      {profile && <RegistrationCard key={profile.id} profile={profile} />}
    </Page>
  );
}

function Row({ profile, active }: { profile: Profile; active: boolean }) {
  const text = useText();
  const { t, date, time } = text;
  const name = profileName(text, profile);
  const { client_id, scopes, environment, token_issued_at } = profile;
  return (
    <li className="app-client-list-row">
      <KeyHorizontalIcon aria-hidden fontSize="1.75rem" />
      <div className="app-client-list-what">
        <span className="app-client-list-name">{name}</span>
        {active && <span className="app-small">{t("client.list.current")}</span>}
        <code className="app-mono">{client_id}</code>
        {scopes.map((scope) => (
          <span key={scope} className="app-small">
            <ScopeText scope={scope} />
          </span>
        ))}
      </div>
      <div className="app-client-list-env">{environment && <EnvTag environment={environment} />}</div>
      <span className="app-small app-client-list-used">
        {token_issued_at === null
          ? t("client.list.never")
          : t("client.list.used", { date: date(token_issued_at), time: time(token_issued_at) })}
      </span>
      <CopyButton text={client_id ?? ""} name={t("client.list.copy", { name })} />
    </li>
  );
}
