import { Card, Details, Paragraph, Tag } from "@digdir/designsystemet-react";
import type { PracticeRequest } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { AppLink } from "../../components/AppLink";
import { CheckList, type CheckRow } from "../../components/CheckList";
import { CodeBlock } from "../../components/CodeBlock";
import { useText, type Text } from "../../i18n/text";
import { scenarioKey } from "./scenario-key";

type ArrivedProps = { requests: PracticeRequest[]; onForget: () => Promise<void> };

/** «Det som kom frem»: every request, and how far it came. */
export function Arrived({ requests, onForget }: ArrivedProps) {
  const { t } = useText();
  if (requests.length === 0) {
    return (
      <div className="app-practice-empty" data-testid="arrived-empty">
        <Paragraph>{t("practice.arrived.empty")}</Paragraph>
        <AppLink to={{ path: "/token", mode: "area" }}>{t("practice.arrived.get_token")}</AppLink>
      </div>
    );
  }
  return (
    <div className="app-stack">
      <div className="app-practice-head">
        <p className="app-small">{t("practice.arrived.count", { count: requests.length })}</p>
        <ActionButton variant="tertiary" data-size="sm" data-testid="forget-requests" onAct={onForget}>
          {t("practice.arrived.clear")}
        </ActionButton>
      </div>
      <Card className="app-practice-list" data-testid="arrived" role="region" aria-label={t("practice.arrived.list")}>
        {requests.map((request) => (
          <Request key={request.number} request={request} />
        ))}
      </Card>
    </div>
  );
}

function Request({ request }: { request: PracticeRequest }) {
  const text = useText();
  const { t, time } = text;
  const rows = rowsOf(request, text);
  return (
    <Details data-color="neutral" data-testid="request">
      <Details.Summary data-testid={`request-${request.number}`}>
        <span className="app-practice-request">
          <span className="app-practice-time">{time(request.at)}</span>
          <code className="app-practice-address">{`${request.method} ${request.path}`}</code>
          <Outcome request={request} />
        </span>
      </Details.Summary>
      <Details.Content>
        <div className="app-stack">
          {rows.length === 0 ? <Paragraph>{t("practice.arrived.no_checks")}</Paragraph> : <CheckList rows={rows} />}
          {request.header && <CodeBlock title={t("practice.arrived.header")} code={request.header} />}
          {request.claims && <CodeBlock title={t("practice.arrived.claims")} code={request.claims} />}
          {request.claims && <p className="app-small">{t("practice.arrived.left_out")}</p>}
        </div>
      </Details.Content>
    </Details>
  );
}

function Outcome({ request }: { request: PracticeRequest }) {
  const { t } = useText();
  const { failed, scope, status } = request;
  const color = failed ? "danger" : scope !== null ? "success" : "neutral";
  return (
    <Tag data-color={color} data-size="sm">
      {failed
        ? failed.code
          ? t("practice.arrived.refused_code", { code: failed.code })
          : t("practice.arrived.refused")
        : scope !== null
          ? t("practice.arrived.issued")
          : t("practice.arrived.answered", { status })}
    </Tag>
  );
}

/** The checks that passed, then what stopped it: an honest fault, or a scenario. */
function rowsOf({ passed, failed, scenario }: PracticeRequest, { t, maybe }: Text): CheckRow[] {
  const title = (check: string) => maybe(`practice.check.${check}`) ?? check;
  const rows: CheckRow[] = passed.map((check) => ({ id: check, state: "ok", title: title(check) }));
  if (scenario) {
    const name = t(`practice.scenario.${scenarioKey(scenario)}.title`);
    rows.push({ id: "scenario", state: "warning", title: t("practice.arrived.by_scenario", { scenario: name }), help: failed?.text, helpLang: "en" });
  } else if (failed) {
    rows.push({ id: `${failed.check}-failed`, state: "error", title: title(failed.check), help: failed.text, helpLang: "en" });
  }
  return rows;
}
