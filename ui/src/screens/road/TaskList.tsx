import { Heading } from "@digdir/designsystemet-react";
import { CheckmarkIcon } from "@navikt/aksel-icons";
import { useApp, useProfile } from "../../app/app-state";
import { STEP_ROUTES } from "../../app/route";
import type { Road, Step } from "../../bridge/wire";
import { AppLink } from "../../components/AppLink";
import { useText } from "../../i18n/text";
import { describeStep } from "./describe";
import { StepStatus } from "./StepStatus";

/** The eight steps in four groups. */
export function TaskList({ road }: { road: Road }) {
  const { t } = useText();
  return GROUPS.map(({ name, numbers }) => (
    <section key={name} className="app-task-group" aria-labelledby={`group-${name}`}>
      <Heading level={2} data-size="2xs" id={`group-${name}`}>
        {t(`road.group.${name}`)}
      </Heading>
      <ul className="app-tasks">
        {road.steps
          .filter(({ number }) => numbers.includes(number))
          .map((step) => (
            <Task key={step.number} step={step} />
          ))}
      </ul>
    </section>
  ));
}

function Task({ step }: { step: Step }) {
  const text = useText();
  const { start } = useApp();
  const profile = useProfile();
  const { number, status } = step;
  const title = text.maybe(`road.task.${number}`) ?? "";
  const route = STEP_ROUTES[number];
  const link = `task-${number}`;
  const described = `task-${number}-status`;
  const description = describeStep(text, step, profile, start.services);
  return (
    <li className="app-task" data-clickdelegatefor={link} data-testid={`task-${number}`}>
      <span className="app-task-number" data-status={status} aria-hidden>
        {status === "done" ? <CheckmarkIcon fontSize="1.25rem" /> : number}
      </span>
      <span className="app-task-text">
        {route && (
          <AppLink to={route} id={link} aria-describedby={described}>
            {title}
          </AppLink>
        )}
        {description && <span className="app-task-description">{description}</span>}
      </span>
      <StepStatus status={status} id={described} testId={described} />
    </li>
  );
}

const GROUPS: { name: 1 | 2 | 3 | 4; numbers: number[] }[] = [
  { name: 1, numbers: [1, 2, 3] },
  { name: 2, numbers: [4, 5] },
  { name: 3, numbers: [6, 7] },
  { name: 4, numbers: [8] },
];
