import { Checkbox, Heading, Paragraph, Tag } from "@digdir/designsystemet-react";
import { DownloadIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { useBridge } from "../../bridge/context";
import type { ManyRow } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { CopyButton } from "../../components/CopyButton";
import { RowTable } from "../../components/RowTable";
import { saidParams } from "../../components/said-params";
import { useClearing } from "../../components/use-clearing";
import { orgNumber } from "../../i18n/formats";
import { failureText } from "../../i18n/shared";
import { useText } from "../../i18n/text";
import type { Many } from "./use-many";

/** How far it has come, and the outcome for each customer. */
export function Outcomes({ profile, many: { rows, all, running, end } }: { profile: string; many: Many }) {
  const { t } = useText();
  const [onlyFailed, show] = useState(false);
  const shown = onlyFailed ? rows.filter(({ failure }) => failure !== null) : rows;
  return (
    <section className="app-stack app-all" aria-labelledby="outcomes-title">
      <Heading level={2} data-size="2xs" id="outcomes-title">
        {t("all.table")}
      </Heading>
      <progress className="app-all-progress" max={all ?? 0} value={rows.length} aria-labelledby="outcomes-title" />
      {/* Spoken at the end alone: hundreds of steps would be hundreds of interruptions. */}
      <Paragraph data-testid="all-progress">{t("all.progress", { done: rows.length, all: all ?? 0 })}</Paragraph>
      <p role="status" data-testid="all-end">
        {end && (end.left > 0 ? t("all.stopped", { ...end }) : t("all.ended", { issued: end.issued, failed: end.failed }))}
      </p>
      <div className="app-row">
        <Checkbox
          label={t("all.only_failed")}
          checked={onlyFailed}
          onChange={(event) => show(event.target.checked)}
          data-testid="only-failed"
        />
        {!running && <Save profile={profile} />}
      </div>
      {shown.length > 0 && <Table rows={shown} />}
    </section>
  );
}

function Save({ profile }: { profile: string }) {
  const { t } = useText();
  const bridge = useBridge();
  const [name, saved] = useState<string | null>(null);
  return (
    <>
      <ActionButton
        variant="tertiary"
        data-color="neutral"
        data-testid="save-outcomes"
        start={<DownloadIcon aria-hidden fontSize="1.25rem" />}
        onAct={async () => saved(await bridge.saveOutcomes(profile))}
      >
        {t("all.save")}
      </ActionButton>
      <span className="app-small" role="status">
        {name !== null && t("all.saved", { name })}
      </span>
    </>
  );
}

function Table({ rows }: { rows: ManyRow[] }) {
  const { t } = useText();
  const headings = [t("all.consumer"), t("all.outcome"), t("all.told")];
  return (
    <RowTable headings={headings} labelledBy="outcomes-title" testId="outcomes">
      {rows.map((row) => (
        <Row key={row.index} row={row} />
      ))}
    </RowTable>
  );
}

function Row({ row }: { row: ManyRow }) {
  const text = useText();
  const { t } = text;
  const consumer = orgNumber(row.consumer ?? "");
  const { failure, token } = row;
  const said = failure && failureText(text.language, { code: failure.code, params: saidParams(text, failure.params) });
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        {consumer}
      </th>
      <td role="cell">
        <Tag data-color={failure ? "warning" : "success"}>{t(failure ? "all.refused" : "all.issued")}</Tag>
      </td>
      <td role="cell">
        {said && failure && (
          <>
            {said.what} <code className="app-claims-name">{failure.code.replace(/^mp_/, "MP-")}</code>
          </>
        )}
        {token !== null && row.expires_at !== null && (
          <>
            {t("all.valid", { time: text.time(row.expires_at) })} <CopyToken token={token} consumer={consumer} />
          </>
        )}
      </td>
    </tr>
  );
}

function CopyToken({ token, consumer }: { token: string; consumer: string }) {
  const { t } = useText();
  const bridge = useBridge();
  const clearing = useClearing(() => bridge.copyToken(token));
  return (
    <span className="app-row">
      <CopyButton data-color="neutral" data-size="sm" label={t("all.copy")} name={t("all.copy_named", { consumer })} onCopy={clearing.run} />
      <span className="app-small" role="status">
        {clearing.said}
      </span>
    </span>
  );
}
