import { useApp } from "../../app/app-state";
import { Page } from "../../components/Page";
import { useText } from "../../i18n/text";
import { NextStepCard } from "./NextStepCard";
import { Progress } from "./Progress";
import { Reminder } from "./Reminder";
import { RoadAside } from "./RoadAside";
import { TaskList } from "./TaskList";

/** Veien til token: what is done, what is next, what is waiting. */
export function RoadScreen() {
  const { t } = useText();
  const { road } = useApp();
  return (
    <Page title={t("road.title")} lead={t("road.lead")} windowTitle={t("shell.road")} aside={<RoadAside />} asideSize="sm">
      {road && (
        <>
          <Progress road={road} />
          {road.reminder && <Reminder check={road.reminder} />}
          <NextStepCard road={road} />
          <TaskList road={road} />
        </>
      )}
    </Page>
  );
}
