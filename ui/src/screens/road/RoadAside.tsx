import { Card, Heading, Paragraph } from "@digdir/designsystemet-react";
import { SandboxIcon } from "@navikt/aksel-icons";
import { useProfile } from "../../app/app-state";
import { useStartPractice } from "../../app/begin";
import { ActionButton } from "../../components/ActionButton";
import { useText } from "../../i18n/text";

/** The offer to practise, and the four words the page uses. */
export function RoadAside() {
  const { environment } = useProfile();
  return (
    <>
      {environment !== "practice" && <PracticeCard />}
      <InShort />
    </>
  );
}

function PracticeCard() {
  const { t } = useText();
  const startPractice = useStartPractice();
  return (
    <Card className="app-calm-card" data-color="ovelse">
      <SandboxIcon aria-hidden className="app-calm-card-icon" />
      <Heading level={2} data-size="2xs">
        {t("road.practice.title")}
      </Heading>
      <Paragraph>{t("road.practice.text")}</Paragraph>
      <ActionButton variant="secondary" data-testid="start-practice" onAct={startPractice}>
        {t("road.practice.start")}
      </ActionButton>
    </Card>
  );
}

function InShort() {
  const { t } = useText();
  return (
    <section className="app-short" aria-labelledby="in-short">
      <Heading level={2} data-size="2xs" id="in-short">
        {t("road.short.title")}
      </Heading>
      <dl className="app-short-list">
        {WORDS.map((word) => (
          <div key={word}>
            <dt>{t(`road.short.${word}`)}</dt>
            <dd>{t(`road.short.${word}_text`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const WORDS = ["token", "scope", "client", "certificate"] as const;
