import { Card, Heading, Paragraph } from "@digdir/designsystemet-react";
import type { PracticePage } from "../../bridge/bridge";
import { useBridge } from "../../bridge/context";
import { ActionButton } from "../../components/ActionButton";
import { useText } from "../../i18n/text";

/** «Portal og Altinn til øving»: the clicking that happens elsewhere, in a window of its own. */
export function Pages() {
  const { t } = useText();
  const bridge = useBridge();
  return (
    <div className="app-practice-choices" data-testid="practice-pages">
      {PAGES.map((page) => (
        <Card key={page} className="app-practice-page">
          <Heading level={2} data-size="2xs">
            {t(`practice.pages.${page}.title`)}
          </Heading>
          <Paragraph>{t(`practice.pages.${page}.text`)}</Paragraph>
          <div className="app-row">
            <ActionButton variant="secondary" data-testid={`open-${page}`} onAct={() => bridge.openPracticePage(page)}>
              {t(`practice.pages.${page}.open`)}
            </ActionButton>
          </div>
        </Card>
      ))}
      <p className="app-small">{t("practice.pages.note")}</p>
    </div>
  );
}

const PAGES: PracticePage[] = ["portal", "altinn"];
