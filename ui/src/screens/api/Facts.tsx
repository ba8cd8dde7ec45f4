import { Card, Checkbox, Details, Fieldset, Heading, Link, Radio, ValidationMessage } from "@digdir/designsystemet-react";
import { useBridge } from "../../bridge/context";
import type { ScopeFacts, ServiceFacts } from "../../bridge/wire";
import { FailureAlert } from "../../components/FailureAlert";
import { ScopeText } from "../../components/ScopeText";
import { useOnce } from "../../components/use-once";
import { serviceName } from "../../app/names";
import { useText } from "../../i18n/text";

type FactsProps = {
  facts: ServiceFacts;
  chosen: string[];
  onChoose: (scope: string, on: boolean) => void;
  error: string | null;
};

/** What is known of the chosen API: scopes to choose from, who to order from, exchange and delegation. */
export function Facts({ facts, chosen, onChoose, error }: FactsProps) {
  const text = useText();
  const { t } = text;
  const common = facts.scopes.filter((scope) => scope.common);
  const more = facts.scopes.filter((scope) => !scope.common);
  const choices = { facts, chosen, onChoose };
  return (
    <Card className="app-calm-card" data-color="accent" data-testid="facts">
      <Heading level={2} data-size="2xs">
        {serviceName(text, facts.id)}
      </Heading>
      <Fieldset className="app-facts-scopes">
        <Fieldset.Legend>{t("api.facts.scope")}</Fieldset.Legend>
        <ScopeChoices {...choices} scopes={common} first />
        {more.length > 0 && (
          <Details className="app-facts-more" defaultOpen={more.some(({ scope }) => chosen.includes(scope))}>
            <Details.Summary>{t("api.facts.more")}</Details.Summary>
            <Details.Content>
              <ScopeChoices {...choices} scopes={more} />
            </Details.Content>
          </Details>
        )}
        {error && <ValidationMessage>{error}</ValidationMessage>}
      </Fieldset>
      <dl className="app-facts-list">
        {facts.owner_email && (
          <>
            <dt>{t("api.facts.order")}</dt>
            <dd>
              <MailLink address={facts.owner_email} />
            </dd>
          </>
        )}
        <dt>{t("api.facts.exchange")}</dt>
        <dd>{t(facts.altinn_exchange ? "api.facts.exchange_yes" : "api.facts.exchange_no")}</dd>
        <dt>{t("api.facts.delegation")}</dt>
        <dd>{t(facts.delegation ? "api.facts.delegation_yes" : "api.facts.delegation_no")}</dd>
      </dl>
      <p className="app-facts-source">{t("api.facts.verified", { date: text.date(facts.verified_on) })}</p>
    </Card>
  );
}

type ScopeChoicesProps = Omit<FactsProps, "error"> & { scopes: ScopeFacts[]; first?: boolean };

function ScopeChoices({ facts, scopes, chosen, onChoose, first }: ScopeChoicesProps) {
  const { maybe } = useText();
  return scopes.map(({ scope, key }, index) => {
    const shared = {
      // The summary of errors links to the first.
      id: first && index === 0 ? "scopes" : undefined,
      label: maybe(`services.${facts.id}.scopes.${key}`) ?? scope,
      description: <ScopeText scope={scope} />,
      value: scope,
      checked: chosen.includes(scope),
      "data-testid": `scope-${scope}`,
    };
    return facts.several_scopes ? (
      <Checkbox key={scope} {...shared} onChange={(event) => onChoose(scope, event.target.checked)} />
    ) : (
      <Radio key={scope} {...shared} name="scope" onChange={() => onChoose(scope, true)} />
    );
  });
}

function MailLink({ address }: { address: string }) {
  const bridge = useBridge();
  const once = useOnce(() => bridge.openMail(address, "", ""));
  return (
    <>
      <Link
        href={`mailto:${address}`}
        onClick={(event) => {
          event.preventDefault();
          void once.run();
        }}
      >
        {address}
      </Link>
      {once.failure && <FailureAlert failure={once.failure} />}
    </>
  );
}
