import { useCallback, useEffect, useState } from "react";
import { useApp } from "../../app/app-state";
import type { Mode } from "../../app/route";
import { asFailure, useBridge } from "../../bridge/context";
import type { Failure, FileOffer, Profile, SavedFiles } from "../../bridge/wire";
import { FailureAlert } from "../../components/FailureAlert";
import { MissingStepAlert } from "../../components/MissingStepAlert";
import { Page } from "../../components/Page";
import { useHeadingFocus } from "../../components/use-heading-focus";
import { useText } from "../../i18n/text";
import { ChooseView } from "./ChooseView";
import { DoneView } from "./DoneView";
import type { KeyOrigin } from "./draft";

/** Filer til systemet: a key file, and the configuration of the tool that reads it. */
export function FilesScreen({ mode }: { mode: Mode }) {
  const { t } = useText();
  const { profile } = useApp();
  if (profile?.identity && profile.environment) return <Files profile={profile} mode={mode} />;
  return (
    <Page title={t("files.title")} lead={t("files.lead")} step={mode === "step" ? 8 : undefined}>
      <MissingStepAlert primary title={t("files.missing")} step={profile?.environment ? 4 : 1} />
    </Page>
  );
}

/** What the page begins with, asked for anew for every set of files. */
type Beginning = { offer: FileOffer; origin: KeyOrigin };

function Files({ profile, mode }: { profile: Profile; mode: Mode }) {
  const { t } = useText();
  const bridge = useBridge();
  const { refresh } = useApp();
  const [beginning, setBeginning] = useState<Beginning | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [saved, setSaved] = useState<SavedFiles | null>(null);

  const { id, identity } = profile;
  const begin = useCallback(async () => {
    const [offer, identities] = await Promise.all([bridge.offerFiles(id), bridge.listIdentities()]);
    const used = identities.find((known) => known.id === identity);
    setBeginning({ offer, origin: { certified: !used?.own_key, alias: used?.certificate?.alias ?? "1" } });
    setSaved(null);
  }, [bridge, id, identity]);
  useEffect(() => {
    begin().catch((thrown: unknown) => setFailure(asFailure(thrown)));
  }, [begin]);
  useHeadingFocus(saved === null ? "choose" : "done");

  if (saved) return <DoneView saved={saved} mode={mode} onAnother={begin} />;
  if (beginning) {
    const onSaved = async (files: SavedFiles) => {
      // The password has done its work here.
      setBeginning(null);
      setSaved(files);
      await refresh();
    };
    return <ChooseView profile={profile} {...beginning} mode={mode} onSaved={onSaved} />;
  }
  return (
    <Page title={t("files.title")} lead={t("files.lead")} step={mode === "step" ? 8 : undefined}>
      {failure && <FailureAlert failure={failure} />}
    </Page>
  );
}
