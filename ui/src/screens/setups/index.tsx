import { Heading, Paragraph } from "@digdir/designsystemet-react";
import { DownloadIcon, UploadIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { useApp } from "../../app/app-state";
import { useBridge } from "../../bridge/context";
import type { ImportedProfiles } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { Page } from "../../components/Page";
import { useText } from "../../i18n/text";
import { Imported } from "./Imported";
import { SetupRow } from "./SetupRow";

/** Alle oppsett: switch, rename, copy, remove, and carry to another machine. */
export function SetupsScreen() {
  const { t } = useText();
  const bridge = useBridge();
  const { profiles, profile, refresh } = useApp();
  const [exported, setExported] = useState<string | null>(null);
  const [imported, setImported] = useState<ImportedProfiles | null>(null);

  const save = async (ids: string[]) => setExported(await bridge.exportProfiles(ids));
  const load = async () => {
    setImported(null);
    const made = await bridge.importProfiles();
    if (made === null) return;
    await refresh();
    setImported(made);
  };
  return (
    <Page
      wide
      title={t("setups.title")}
      lead={t("setups.lead")}
      actions={
        <>
          <ActionButton variant="secondary" data-testid="import-setups" start={<UploadIcon aria-hidden fontSize="1.25rem" />} onAct={load}>
            {t("setups.import")}
          </ActionButton>
          {profiles.length > 0 && (
            <ActionButton
              variant="tertiary"
              data-color="neutral"
              data-testid="export-all"
              start={<DownloadIcon aria-hidden fontSize="1.25rem" />}
              onAct={() => save([])}
            >
              {t("setups.export_all")}
            </ActionButton>
          )}
        </>
      }
    >
      <div className="app-stack">
        <div role="status" className="app-stack">
          {exported !== null && <Paragraph>{t("setups.exported", { name: exported })}</Paragraph>}
          {imported !== null && <Imported imported={imported} />}
        </div>
        <Heading level={2} data-size="2xs" className="app-hidden">
          {t("setups.list")}
        </Heading>
        {profiles.length === 0 ? (
          <Paragraph>{t("setups.none")}</Paragraph>
        ) : (
          <ul className="app-setups" data-testid="setups">
            {profiles.map((one) => (
              <SetupRow key={one.id} profile={one} active={one.id === profile?.id} onExport={() => save([one.id])} />
            ))}
          </ul>
        )}
        <Paragraph className="app-small">{t("setups.import_help")}</Paragraph>
      </div>
    </Page>
  );
}
