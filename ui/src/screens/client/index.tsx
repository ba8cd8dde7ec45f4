import { useState } from "react";
import { useApp } from "../../app/app-state";
import type { Mode } from "../../app/route";
import { MissingStepAlert } from "../../components/MissingStepAlert";
import { Page } from "../../components/Page";
import { useText } from "../../i18n/text";
import { ListView } from "./ListView";
import { PracticeView } from "./PracticeView";
import { SelfView } from "./SelfView";

/** Klient: make it in the portal and prove that it works; or see those there are. */
export function ClientScreen({ mode }: { mode: Mode; tab?: string }) {
  const { t } = useText();
  const { profile, profiles } = useApp();
  const [making, make] = useState(mode === "step" || !profiles.some(({ client_id }) => client_id !== null));

  if (!making) return <ListView onReplace={() => make(true)} />;
  if (!profile?.environment) {
    return (
      <Page title={t("client.title")} lead={t("client.lead")} step={mode === "step" ? 5 : undefined}>
        <MissingStepAlert primary step={1} />
      </Page>
    );
  }
  return profile.environment === "practice" ? (
    <PracticeView key={profile.id} profile={profile} mode={mode} />
  ) : (
    <SelfView key={profile.id} profile={profile} environment={profile.environment} mode={mode} />
  );
}
