import { Button, Card, Heading, Paragraph, Tag } from "@digdir/designsystemet-react";
import { ArrowRightIcon, SandboxIcon, TasklistIcon, TokenIcon } from "@navikt/aksel-icons";
import type { ComponentType, ReactNode, SVGProps } from "react";
import { useApp } from "../../app/app-state";
import { useNewSetup, useStartPractice } from "../../app/begin";
import { ActionButton } from "../../components/ActionButton";
import { Page } from "../../components/Page";
import { useText } from "../../i18n/text";

/** Velkommen: three roads, chosen in ten seconds. */
export function WelcomeScreen() {
  const { t } = useText();
  const { go } = useApp();
  const startPractice = useStartPractice();
  const newSetup = useNewSetup();
  return (
    <Page title={t("welcome.title")} lead={t("welcome.lead")} wide>
      <div className="app-welcome">
        <Choice name="practice" color="ovelse" Icon={SandboxIcon} tag={t("common.recommended")}>
          <ActionButton arrow data-testid="welcome-practice" onAct={startPractice}>
            {t("welcome.practice.button")}
          </ActionButton>
        </Choice>
        <Choice name="setup" color="accent" Icon={TasklistIcon}>
          <ActionButton arrow variant="secondary" data-testid="welcome-setup" onAct={newSetup}>
            {t("welcome.setup.button")}
          </ActionButton>
        </Choice>
        <Choice name="token" color="neutral" Icon={TokenIcon}>
          <Button variant="secondary" data-color="accent" data-testid="welcome-token" onClick={() => go({ path: "/oppsett/kort" })}>
            {t("welcome.token.button")}
            <ArrowRightIcon aria-hidden fontSize="1.5rem" />
          </Button>
        </Choice>
      </div>
      <Paragraph className="app-welcome-foot" data-size="sm">
        {t("welcome.foot")}
      </Paragraph>
    </Page>
  );
}

type ChoiceProps = {
  name: "practice" | "setup" | "token";
  color: "ovelse" | "accent" | "neutral";
  Icon: ComponentType<SVGProps<SVGSVGElement>>;
  tag?: string;
  /** The button. */
  children: ReactNode;
};

function Choice({ name, color, Icon, tag, children }: ChoiceProps) {
  const { t } = useText();
  return (
    <Card className="app-choice" data-color={color} data-choice={name}>
      <div className="app-choice-top">
        <span className="app-choice-icon">
          <Icon aria-hidden fontSize="1.75rem" />
        </span>
        {tag && <Tag className="app-choice-tag">{tag}</Tag>}
      </div>
      <Heading level={2} data-size="xs">
        {t(`welcome.${name}.title`)}
      </Heading>
      <Paragraph className="app-choice-text">{t(`welcome.${name}.text`)}</Paragraph>
      {children}
    </Card>
  );
}
