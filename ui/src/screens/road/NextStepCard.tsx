import { Button, Card, Heading, Paragraph } from "@digdir/designsystemet-react";
import { ArrowRightIcon } from "@navikt/aksel-icons";
import type { ReactNode } from "react";
import { useApp, useProfile } from "../../app/app-state";
import { STEP_ROUTES } from "../../app/route";
import type { Road, Step } from "../../bridge/wire";
import { mainColor } from "../../components/EnvTag";
import { saidParams } from "../../components/said-params";
import { failureText, sharedText } from "../../i18n/shared";
import { useText, type Text } from "../../i18n/text";
import { describeStep } from "./describe";
import { FinishedCard } from "./FinishedCard";

/** The one obvious thing to do now. */
export function NextStepCard({ road }: { road: Road }) {
  const text = useText();
  const { start, go } = useApp();
  const profile = useProfile();
  if (isFinished(road)) return <FinishedCard />;

  const step = stepToShow(road);
  const route = step && STEP_ROUTES[step.number];
  if (!step || !route) return null;
  const fix = step.status === "fix";
  return (
    <StepCard
      color={fix ? "danger" : "accent"}
      kicker={fix ? text.t("road.fix_title") : text.t("road.next")}
      title={cardTitle(text, road, step)}
      text={(fix && reason(text, step)) || describeStep(text, step, profile, start.services)}
    >
      <Button data-size="md" data-color={fix ? "danger" : mainColor(profile.environment)} data-testid="next-step" onClick={() => go(route)}>
        {text.t(fix ? "road.fix_button" : isFirst(road) ? "road.start" : "road.continue")}
        <ArrowRightIcon aria-hidden fontSize="1.5rem" />
      </Button>
    </StepCard>
  );
}

type StepCardProps = {
  color: "accent" | "danger" | "success";
  kicker?: string;
  title: string;
  text: string | null;
  /** Several buttons: under the text instead of beside it. */
  stacked?: boolean;
  children: ReactNode;
};

/** The card itself: a word above, heading, text and the button beside. */
export function StepCard({ color, kicker, title, text, stacked, children }: StepCardProps) {
  return (
    <Card
      className="app-next"
      data-color={color}
      data-stacked={stacked || undefined}
      data-testid="next-card"
      role="region"
      aria-labelledby="next-title"
    >
      <div className="app-next-text">
        <Heading level={2} data-size="2xs" className="app-next-title" id="next-title">
          {kicker && <span className="app-next-kicker">{kicker}</span>}
          {title}
        </Heading>
        {text && <Paragraph className="app-next-description">{text}</Paragraph>}
      </div>
      <div className="app-next-action">{children}</div>
    </Card>
  );
}

export function isFinished(road: Road): boolean {
  return road.steps.every(({ status }) => status === "done" || status === "skipped");
}

function stepToShow(road: Road): Step | null {
  const next = road.steps.find(({ number }) => number === road.next);
  return next ?? road.steps.find(({ status }) => status === "waiting") ?? road.steps.find(({ status }) => status === "todo") ?? null;
}

function cardTitle(text: Text, road: Road, step: Step): string {
  const title = text.maybe(`road.task.${step.number}`) ?? "";
  const waits = step.status !== "fix" && road.steps.some(({ number, status }) => status === "waiting" && number < step.number);
  return waits ? text.t("road.waiting", { title }) : title;
}

/** The cause in one sentence, from the shared texts; empty when they do not know it, or a value of it. */
function reason(text: Text, { fix, params }: Step): string {
  const { language } = text;
  if (fix === null || sharedText(language, "failures", fix) === null) return "";
  const { what, why } = failureText(language, { code: fix, params: saidParams(text, params) });
  return [why, what].find((said) => said !== "" && !UNFILLED.test(said)) ?? "";
}

function isFirst(road: Road): boolean {
  return road.steps.every(({ status }) => status !== "done");
}

const UNFILLED = /\{[a-z_]+\}/;
