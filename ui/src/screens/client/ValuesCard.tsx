import { Card, Details, Heading, Paragraph } from "@digdir/designsystemet-react";
import { apiName } from "../../app/names";
import type { Identity, Profile } from "../../bridge/wire";
import { CopyRow } from "../../components/CopyRow";
import { ScopeText } from "../../components/ScopeText";
import { textIn, useText } from "../../i18n/text";
import { usePublicKey } from "../certificates/use-public-key";

/** What goes into the portal's form, one value at a time; Norwegian in every language of the window. */
export function ValuesCard({ profile, identity }: { profile: Profile; identity: Identity | null }) {
  const { t, maybe, language } = useText();
  const organisation = identity?.certificate?.organisation ?? profile.order_form.organisation;
  const api = apiName(textIn(language === "nn" ? "nn" : "nb"), profile) ?? profile.name;
  const several = profile.scopes.length > 1;
  return (
    <Card variant="tinted" className="app-values" data-testid="client-values">
      <Card.Block>
        <Heading level={2} data-size="2xs">
          {t("client.values.title")}
        </Heading>
        <CopyRow
          label={t("client.values.name")}
          value={organisation ? t("client.values.name_value", { organisation, api }) : api}
        />
        <CopyRow
          label={t("client.values.description")}
          value={maybe(`client.descriptions.${profile.service}`) ?? t("client.descriptions.other")}
        />
        {profile.scopes.map((scope, index) => (
          <CopyRow
            key={scope}
            label={several ? t("client.values.scope_n", { number: index + 1 }) : t("client.values.scope")}
            value={scope}
          >
            <ScopeText scope={scope} />
          </CopyRow>
        ))}
      </Card.Block>
      {identity?.own_key && <PublicKeyValue id={identity.id} />}
      <Details data-color="neutral" className="app-values-more">
        <Details.Summary>{t("client.values.more")}</Details.Summary>
        <Details.Content>
          <CopyRow mono label={t("client.values.method")} value="private_key_jwt" />
          <CopyRow mono label={t("client.values.grant")} value="urn:ietf:params:oauth:grant-type:jwt-bearer" />
        </Details.Content>
      </Details>
      {!profile.kid && !identity?.own_key && (
        <Card.Block>
          <Paragraph data-size="sm">{t("client.values.certificate")}</Paragraph>
        </Card.Block>
      )}
    </Card>
  );
}

/** What goes under «JWK eller PEM-format» when the client is to know the key by its name. */
function PublicKeyValue({ id }: { id: string }) {
  const { t } = useText();
  const texts = usePublicKey(id);
  if (texts === null) return null;
  return (
    <Card.Block>
      <CopyRow mono label={t("client.values.public_key")} value={texts.jwk}>
        {texts.kid}
      </CopyRow>
    </Card.Block>
  );
}
