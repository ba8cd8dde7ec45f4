import { Button } from "@digdir/designsystemet-react";
import { useApp, useProfile } from "../../app/app-state";
import { useChooseEnvironment } from "../../app/environment";
import { useProduction } from "../../app/production";
import { ActionButton } from "../../components/ActionButton";
import { useText } from "../../i18n/text";
import { StepCard } from "./NextStepCard";

/** The end of the road, and the natural continuation: test after practice, production after test. */
export function FinishedCard() {
  const { t } = useText();
  const { go } = useApp();
  const environment = useProfile().environment ?? "test";
  const chooseEnvironment = useChooseEnvironment();
  const { ask } = useProduction();
  return (
    <StepCard stacked color="success" title={t("road.finished_title")} text={t(`road.finished.${environment}`)}>
      {environment === "practice" && (
        <ActionButton data-color="accent" data-testid="to-test" arrow onAct={() => chooseEnvironment("test")}>
          {t("road.to_test")}
        </ActionButton>
      )}
      {environment === "test" && (
        <ActionButton
          variant="secondary"
          data-color="accent"
          data-testid="to-production"
          onAct={async () => {
            if (await ask()) await chooseEnvironment("production");
          }}
        >
          {t("road.to_production")}
        </ActionButton>
      )}
      <Button
        variant={environment === "practice" ? "secondary" : "primary"}
        data-color={environment === "production" ? "prod" : "accent"}
        data-testid="to-token"
        onClick={() => go({ path: "/token" })}
      >
        {t("shell.token")}
      </Button>
    </StepCard>
  );
}
