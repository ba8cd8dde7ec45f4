import { Heading, Paragraph, Tag } from "@digdir/designsystemet-react";
import { DownloadIcon, FolderIcon } from "@navikt/aksel-icons";
import { useEffect, useState } from "react";
import { asFailure, useBridge } from "../../bridge/context";
import type { AuditEntry, EnvironmentName, Failure } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { EnvTag } from "../../components/EnvTag";
import { FailureAlert } from "../../components/FailureAlert";
import { RowTable } from "../../components/RowTable";
import { ScopeText } from "../../components/ScopeText";
import { orgNumber, shortId } from "../../i18n/formats";
import { failureText } from "../../i18n/shared";
import { useText, type Text } from "../../i18n/text";

/** Logg og diagnose: who asked for what, and what came of it. */
export function LogTab() {
  const { t } = useText();
  const bridge = useBridge();
  const [entries, setEntries] = useState<AuditEntry[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [exported, setExported] = useState<string | null>(null);

  useEffect(() => {
    bridge.auditEntries().then(setEntries, (thrown: unknown) => setFailure(asFailure(thrown)));
  }, [bridge]);

  return (
    <section className="app-stack" aria-labelledby="log-title">
      <div className="app-log-head">
        <Heading level={2} data-size="2xs" id="log-title">
          {t("settings.log.title")}
        </Heading>
        <div className="app-row">
          <span className="app-small" role="status">
            {exported !== null && t("settings.log.exported", { name: exported })}
          </span>
          <ActionButton
            variant="tertiary"
            data-color="neutral"
            data-testid="export-log"
            start={<DownloadIcon aria-hidden fontSize="1.25rem" />}
            onAct={async () => setExported(await bridge.exportAudit())}
          >
            {t("settings.log.export")}
          </ActionButton>
          <ActionButton
            variant="tertiary"
            data-color="neutral"
            data-testid="open-log"
            start={<FolderIcon aria-hidden fontSize="1.25rem" />}
            onAct={() => bridge.openLogFolder()}
          >
            {t("settings.log.folder")}
          </ActionButton>
        </div>
      </div>
      {failure && <FailureAlert failure={failure} />}
      {entries !== null && (entries.length === 0 ? <Paragraph>{t("settings.log.none")}</Paragraph> : <Events entries={entries} />)}
      <Paragraph className="app-small">{t("settings.log.kept")}</Paragraph>
    </section>
  );
}

function Events({ entries }: { entries: AuditEntry[] }) {
  const text = useText();
  const { t } = text;
  const headings = [t("settings.log.time"), t("settings.log.type"), t("settings.log.event")];
  return (
    <RowTable headings={headings} labelledBy="log-title" testId="log">
      {entries.map((entry, index) => (
        <tr key={index} role="row">
          <td role="cell">
            <When entry={entry} />
          </td>
          <td role="cell">
            {isWell(entry) ? (
              <Tag data-color="neutral">{t("settings.log.info")}</Tag>
            ) : (
              <Tag data-color="warning">{t("settings.log.warning")}</Tag>
            )}
          </td>
          <td role="cell">
            <What entry={entry} text={text} />
          </td>
        </tr>
      ))}
    </RowTable>
  );
}

function When({ entry }: { entry: AuditEntry }) {
  const { date, time } = useText();
  const at = Math.floor(Date.parse(entry.time) / 1000);
  return (
    <time dateTime={entry.time}>
      <span className="app-claims-label">{time(at)}</span>
      <span className="app-small">{date(at)}</span>
    </time>
  );
}

function What({ entry, text }: { entry: AuditEntry; text: Text }) {
  const { t } = text;
  const facts = [
    t("settings.log.client", { client: shortId(entry.client_id) }),
    entry.consumer && t("settings.log.consumer", { consumer: orgNumber(entry.consumer) }),
    entry.trace_id && t("settings.log.trace", { id: entry.trace_id }),
  ].filter(Boolean);
  return (
    <div className="app-stack-tight">
      <span className="app-row">
        {said(entry, text)}
        {isEnvironment(entry.environment) && <EnvTag environment={entry.environment} />}
      </span>
      {entry.scope.split(" ").map((scope) => (
        <ScopeText key={scope} scope={scope} />
      ))}
      <span className="app-small">{facts.join(" · ")}</span>
    </div>
  );
}

function said({ outcome }: AuditEntry, { language, t }: Text): string {
  if (outcome === "issued") return t("settings.log.issued");
  if (outcome === "cancelled") return t("settings.log.cancelled");
  const { what } = failureText(language, { code: outcome, params: {} });
  // A sentence with a value that the log does not keep is of no use: the code says as much.
  const code = outcome.replace(/^mp_/, "MP-");
  return t("settings.log.refused", { what: what.includes("{") ? code : `${what} (${code})` });
}

function isWell({ outcome }: AuditEntry): boolean {
  return outcome === "issued" || outcome === "cancelled";
}

function isEnvironment(word: string): word is EnvironmentName {
  return word === "practice" || word === "test" || word === "production";
}
