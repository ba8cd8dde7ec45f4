import { Alert, Heading, Paragraph } from "@digdir/designsystemet-react";
import { useApp } from "../app/app-state";
import { STEP_ROUTES } from "../app/route";
import { useText } from "../i18n/text";
import { ActionButton } from "./ActionButton";

type MissingStepAlertProps = {
  title?: string;
  step: 1 | 4 | 5;
  /** The one thing to do on the page. */
  primary?: boolean;
};

/** Names exactly which step is missing, with a way to it. The page stays open: nothing is locked. */
export function MissingStepAlert({ title, step, primary }: MissingStepAlertProps) {
  const { t } = useText();
  const { go } = useApp();
  const route = STEP_ROUTES[step];
  return (
    <Alert data-color="info" data-testid="missing-step">
      {title && (
        <Heading level={2} data-size="2xs">
          {title}
        </Heading>
      )}
      <Paragraph>{t("common.blocked", { number: step, title: t(`road.task.${step}`) })}</Paragraph>
      {route && (
        <ActionButton variant={primary ? "primary" : "secondary"} data-testid="go-to-missing" onAct={() => go(route)}>
          {t("common.blocked_go", { number: step })}
        </ActionButton>
      )}
    </Alert>
  );
}
