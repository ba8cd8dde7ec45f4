import { useApp } from "../../app/app-state";
import { apiName } from "../../app/names";
import type { Identity, Profile } from "../../bridge/wire";
import { EnvTag } from "../../components/EnvTag";
import { UsingBar } from "../../components/UsingBar";
import { shortId } from "../../i18n/formats";
import { useText } from "../../i18n/text";

/** What the request will be made with. */
export function Using({ profile, identity }: { profile: Profile; identity: Identity | null }) {
  const text = useText();
  const { t } = text;
  const { go } = useApp();
  const none = t("token.using.none");
  return (
    <UsingBar
      label={t("token.using.label")}
      change={t("common.change")}
      onChange={() => go({ path: "/" })}
      items={[
        { id: "api", label: t("token.using.api"), value: apiName(text, profile) ?? none },
        {
          id: "environment",
          label: t("token.using.environment"),
          value: profile.environment ? <EnvTag environment={profile.environment} /> : none,
        },
        {
          id: "certificate",
          label: t("token.using.certificate"),
          value: identity?.certificate?.organisation ?? identity?.certificate?.alias ?? identity?.own_key?.kid ?? none,
        },
        {
          id: "client",
          label: t("token.using.client"),
          value: profile.client_id ? <code className="app-mono">{shortId(profile.client_id)}</code> : none,
        },
      ]}
    />
  );
}
