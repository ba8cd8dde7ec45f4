import { Alert, Heading, Paragraph } from "@digdir/designsystemet-react";
import { useState } from "react";
import { useApp } from "../../app/app-state";
import type { Mode } from "../../app/route";
import { asFailure, useBridge } from "../../bridge/context";
import type { Failure, Profile } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { CopyRow } from "../../components/CopyRow";
import { Page } from "../../components/Page";
import { useText } from "../../i18n/text";
import { FailureAlert } from "../../components/FailureAlert";
import { RegistrationCard } from "./RegistrationCard";

/** In practice one press makes the client. */
export function PracticeView({ profile, mode }: { profile: Profile; mode: Mode }) {
  const { t } = useText();
  const bridge = useBridge();
  const { go, refresh } = useApp();
  const [made, setMade] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  const create = async () => {
    try {
      const { client_id } = await bridge.practiceClient();
      await bridge.changeProfile(profile.id, { client_id });
      await refresh();
      setFailure(null);
      setMade(true);
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
  };
  return (
    <Page
      title={t("client.title")}
      lead={t("client.lead")}
      step={mode === "step" ? 5 : undefined}
      actions={
        profile.client_id ? (
          <ActionButton arrow data-testid="client-continue" onAct={() => go(mode === "step" ? { path: "/" } : { path: "/token" })}>
            {mode === "step" ? t("client.works.go_on") : t("client.works.token")}
          </ActionButton>
        ) : (
          <ActionButton data-testid="create-practice-client" onAct={create}>
            {t("client.practice.button")}
          </ActionButton>
        )
      }
    >
      <div className="app-stack">
        <div>
          <Heading level={2} data-size="2xs">
            {t("client.practice.title")}
          </Heading>
          <Paragraph>{t("client.practice.text")}</Paragraph>
        </div>
        <div role="status" className="app-status">
          {profile.client_id && (
            <Alert data-color={made ? "success" : "info"} data-testid="practice-client">
              <Heading level={2} data-size="2xs">
                {made ? t("client.practice.done") : t("client.practice.again")}
              </Heading>
              <CopyRow mono label={t("client.field.label")} value={profile.client_id} />
            </Alert>
          )}
        </div>
        {failure && <FailureAlert failure={failure} />}
        <RegistrationCard profile={profile} />
      </div>
    </Page>
  );
}
