import { Tag } from "@digdir/designsystemet-react";
import { ClockIcon, ExclamationmarkTriangleIcon } from "@navikt/aksel-icons";
import type { StepStatus as Status } from "../../bridge/wire";
import { useText } from "../../i18n/text";

/** The status of a step in words; only what asks for something looks like a tag. */
export function StepStatus({ status, id, testId }: { status: Status; id: string; testId: string }) {
  const { t } = useText();
  const said = t(`road.status.${status}`);
  return (
    <span className="app-task-status" data-status={status} id={id} data-testid={testId}>
      {status === "waiting" && (
        <Tag data-color="warning">
          <ClockIcon aria-hidden fontSize="1.125rem" />
          {said}
        </Tag>
      )}
      {status === "fix" && (
        <Tag data-color="danger">
          <ExclamationmarkTriangleIcon aria-hidden fontSize="1.125rem" />
          {said}
        </Tag>
      )}
      {status === "next" && <Tag className="app-tag-filled">{said}</Tag>}
      {status === "todo" && <Tag data-color="neutral">{said}</Tag>}
      {(status === "done" || status === "blocked" || status === "skipped") && said}
    </span>
  );
}
