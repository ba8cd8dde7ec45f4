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
  /** Number of the page's own step: when the task list already says that it is blocked, the page has said so on top. */
  page?: number;
};

/** Names exactly which step is missing, with a way to it. The page stays open: nothing is locked. */
export function MissingStepAlert({ title, step, primary, page }: MissingStepAlertProps) {
  const { t } = useText();
  const { go, road } = useApp();
  const route = STEP_ROUTES[step];
  if (road?.steps.some(({ number, status }) => number === page && status === "blocked")) return null;
  return (
    <Alert data-color="info" data-testid="missing-step">
      {title && (
        <Heading level={2} data-size="2xs">
          {title}
        </Heading>
      )}
      <Paragraph>{t("common.blocked", { number: step, title: t(`road.task.${step}`) })}</Paragraph>
      {route && (
        <ActionButton data-color="accent" variant={primary ? "primary" : "secondary"} data-testid="go-to-missing" onAct={() => go(route)}>
          {t("common.blocked_go", { number: step })}
        </ActionButton>
      )}
    </Alert>
  );
}
