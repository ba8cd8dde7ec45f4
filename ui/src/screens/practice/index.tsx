import { Alert, Paragraph, Tabs } from "@digdir/designsystemet-react";
import { useState } from "react";
import { useProfile } from "../../app/app-state";
import { AppLink } from "../../components/AppLink";
import { FailureAlert } from "../../components/FailureAlert";
import { Page } from "../../components/Page";
import { useText } from "../../i18n/text";
import { Arrived } from "./Arrived";
import { Pages } from "./Pages";
import { Scenarios } from "./Scenarios";
import { usePractice } from "./use-practice";

/** Øvelse: what reached the practice Maskinporten, and what goes wrong there on purpose. */
export function PracticeScreen({ tab }: { tab?: string }) {
  const { t } = useText();
  const { environment } = useProfile();
  return (
    <Page title={t("practice.title")} lead={t("practice.lead")} wide>
      {environment === "practice" ? <Parts tab={tab} /> : <Elsewhere />}
    </Page>
  );
}

function Parts({ tab }: { tab?: string }) {
  const { t } = useText();
  const practice = usePractice();
  const [chosen, setChosen] = useState<Part>(PARTS.find((part) => part === tab) ?? "arrived");
  const { view, failure } = practice;
  return (
    <Tabs value={chosen} onChange={(part) => setChosen(part as Part)}>
      <Tabs.List aria-label={t("practice.tabs.label")}>
        {PARTS.map((part) => (
          <Tabs.Tab key={part} value={part} data-testid={`practice-tab-${part}`}>
            {t(`practice.tabs.${part}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {failure && <FailureAlert failure={failure} />}
      <Tabs.Panel value="arrived">{view && <Arrived requests={view.requests} onForget={practice.forget} />}</Tabs.Panel>
      <Tabs.Panel value="scenarios">{view && <Scenarios on={view.scenarios} onSwitch={practice.switchTo} />}</Tabs.Panel>
      <Tabs.Panel value="pages">
        <Pages />
      </Tabs.Panel>
    </Tabs>
  );
}

/** The oppsett was changed while the page was open. */
function Elsewhere() {
  const { t } = useText();
  return (
    <Alert data-color="info" data-testid="practice-elsewhere">
      <Paragraph>{t("practice.elsewhere")}</Paragraph>
      <AppLink to={{ path: "/" }}>{t("shell.road")}</AppLink>
    </Alert>
  );
}

type Part = "arrived" | "scenarios" | "pages";
const PARTS: Part[] = ["arrived", "scenarios", "pages"];
