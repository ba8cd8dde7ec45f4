import { SealCheckmarkIcon, UploadIcon } from "@navikt/aksel-icons";
import type { Identity, OwnKeyCard } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { EnvTag } from "../../components/EnvTag";
import { Page } from "../../components/Page";
import { orgNumber } from "../../i18n/formats";
import { useText, type Text } from "../../i18n/text";
import { AddedIssuers } from "./AddedIssuers";
import { DoneAlert } from "./DoneAlert";
import type { Import } from "./use-import";

/** What the organisation can identify itself with. */
export function ListView({ flow, identities }: { flow: Import; identities: Identity[] }) {
  const { t } = useText();
  return (
    <Page
      wide
      title={t("certificate.list.title")}
      lead={t(leadOf(identities))}
      actions={
        <>
          <ActionButton
            data-testid="import-certificate"
            start={<UploadIcon aria-hidden fontSize="1.25rem" />}
            onAct={() => flow.dispatch({ type: "drop" })}
          >
            {t("certificate.list.import")}
          </ActionButton>
          <ActionButton variant="secondary" data-testid="make-own-key" onAct={() => flow.dispatch({ type: "own" })}>
            {t("certificate.own.list")}
          </ActionButton>
        </>
      }
    >
      <div role="status" className="app-status">
        <DoneAlert done={flow.state.done} />
      </div>
      <ul className="app-cert-list" data-testid="certificate-list">
        {identities.map((identity) => (
          <Row key={identity.id} identity={identity} onShow={() => flow.dispatch({ type: "show", id: identity.id })} />
        ))}
      </ul>
      <AddedIssuers onRemoved={flow.reload} />
    </Page>
  );
}

/** Where they lie: what is not sealed must not be said to be. */
function leadOf(identities: Identity[]) {
  const passing = identities.filter(({ keep }) => keep === "session").length;
  if (passing === 0) return "certificate.list.lead";
  return passing < identities.length ? "certificate.list.lead_some" : "certificate.list.lead_session";
}

function Row({ identity, onShow }: { identity: Identity; onShow: () => void }) {
  const text = useText();
  const { t } = text;
  const { certificate, own_key, used_by, keep } = identity;
  const name = certificate?.organisation ?? own_key?.kid ?? t("certificate.card.no_organisation");
  const environment = (certificate ?? own_key)?.environment ?? "unknown";
  const validity = validityOf(text, identity);
  return (
    <li className="app-cert-list-row">
      <SealCheckmarkIcon aria-hidden fontSize="1.75rem" />
      <div className="app-cert-list-who">
        <span className="app-cert-list-name">{name}</span>
        <span className="app-cert-list-facts">{factsOf(text, identity)}</span>
      </div>
      <div className="app-cert-list-env">
        {environment !== "unknown" && <EnvTag environment={environment} />}
      </div>
      <div className="app-cert-list-use">
        <span className="app-cert-list-validity" data-state={validity.state}>
          {validity.said}
        </span>
        <span className="app-cert-list-facts">
          {used_by > 0 ? t("certificate.list.used", { count: used_by }) : t("certificate.list.unused")}
        </span>
        {keep === "session" && <span className="app-cert-list-facts">{t("certificate.list.session")}</span>}
      </div>
      <ActionButton
        variant="secondary"
        aria-label={t("certificate.list.show_name", { name })}
        data-testid={`show-${identity.id}`}
        onAct={onShow}
      >
        {t("common.show")}
      </ActionButton>
    </li>
  );
}

function factsOf({ t }: Text, { certificate }: Identity): string {
  if (!certificate) return t("certificate.list.own_key");
  const kind = certificate.profile === "practice" ? t("certificate.card.kind_practice") : t("certificate.card.kind");
  const purpose = t(`certificate.key.in_row.${certificate.purpose}`);
  return certificate.org_number
    ? t("certificate.list.row", { number: orgNumber(certificate.org_number), kind, purpose })
    : t("certificate.list.row_no_number", { kind, purpose });
}

function validityOf({ t, date }: Text, { certificate, own_key }: Identity): { state: "good" | "soon" | "over"; said: string } {
  if (!certificate) return renewalOf({ t, date }, own_key);
  const { days_left, not_after } = certificate;
  if (days_left === null || not_after === null) return { state: "soon", said: t("certificate.list.valid_unknown") };
  if (days_left < 0) return { state: "over", said: t("certificate.list.expired", { date: date(not_after) }) };
  if (days_left === 0) return { state: "soon", said: t("certificate.list.expires_today") };
  if (days_left <= SOON_DAYS) return { state: "soon", said: t("certificate.list.expires", { count: days_left }) };
  return { state: "good", said: t("certificate.list.valid_to", { date: date(not_after) }) };
}

function renewalOf({ t, date }: Pick<Text, "t" | "date">, own: OwnKeyCard | null): ReturnType<typeof validityOf> {
  if (!own) return { state: "good", said: "" };
  const state = own.days_left < 0 ? "over" : own.days_left <= RENEW_SOON_DAYS ? "soon" : "good";
  return { state, said: t("certificate.list.renew_by", { date: date(own.renew_by) }) };
}

/** The same limit as the program's check of validity. */
const SOON_DAYS = 120;
/** The same limit as the program's check of an own key's age. */
const RENEW_SOON_DAYS = 30;
