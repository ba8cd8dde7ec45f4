import { Button, Paragraph } from "@digdir/designsystemet-react";
import { useState } from "react";
import { useApp, useProfile } from "../../app/app-state";
import { twinOf, useChooseEnvironment } from "../../app/environment";
import type { EnvironmentName, Profile } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { useTick } from "../../components/ConfirmTick";
import { Page } from "../../components/Page";
import { useText } from "../../i18n/text";
import { EnvironmentCards } from "./EnvironmentCards";
import { InlineConfirmation } from "./InlineConfirmation";

/** Velg miljø. The band changes when the choice is saved, not when it is touched. */
export function EnvironmentScreen() {
  const { t } = useText();
  const { profiles, productionConfirmed, confirmProduction, go } = useApp();
  const profile = useProfile();
  const chooseEnvironment = useChooseEnvironment();
  const [chosen, choose] = useState<EnvironmentName>(profile.environment ?? firstChoice(profiles));
  const tick = useTick();

  const production = chosen === "production";
  const ask = production && !productionConfirmed;
  const save = async () => {
    if (ask && !tick.demand()) return;
    if (ask) await confirmProduction();
    await chooseEnvironment(chosen);
    go({ path: "/" });
  };
  return (
    <Page
      step={1}
      wide
      title={t("environment.title")}
      lead={t("environment.lead")}
      actions={
        <>
          <ActionButton arrow data-size="md" data-color={production ? "prod" : "accent"} data-testid="save" onAct={save}>
            {production ? t("environment.use_production") : t("common.save_continue")}
          </ActionButton>
          <Button variant="secondary" data-size="md" onClick={() => go({ path: "/oppsett/api", mode: "step" })}>
            {t("common.back")}
          </Button>
        </>
      }
    >
      <EnvironmentCards chosen={chosen} onChoose={choose} />
      {ask && <InlineConfirmation tick={tick} />}
      <CopyNotice profile={profile} chosen={chosen} profiles={profiles} />
    </Page>
  );
}

type CopyNoticeProps = { profile: Profile; chosen: EnvironmentName; profiles: Profile[] };

/** An oppsett keeps its environment: says which one is opened or made instead. */
function CopyNotice({ profile, chosen, profiles }: CopyNoticeProps) {
  const { t } = useText();
  if (profile.environment === null || profile.environment === chosen) return null;
  const from = t(`env.${profile.environment}.name`);
  const to = t(`env.${chosen}.name`);
  return (
    <Paragraph className="app-env-note" data-testid="copy-notice">
      {twinOf(profile, chosen, profiles) ? t("environment.copy_back", { to }) : t("environment.copies", { from, to })}
    </Paragraph>
  );
}

/** Øvelse for the first oppsett, then test; production is never chosen for the user. */
function firstChoice(profiles: Profile[]): EnvironmentName {
  return profiles.length > 1 ? "test" : "practice";
}
