import { Details, Paragraph } from "@digdir/designsystemet-react";
import { useState } from "react";
import type { Profile } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { CodeBlock } from "../../components/CodeBlock";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { useText } from "../../i18n/text";
import { useServing } from "../../shell/serving";

/** The local address from which test tools fetch the token themselves; off until it is turned on. */
export function ServePanel({ profile }: { profile: Profile }) {
  const { t } = useText();
  const serving = useServing();
  const [asking, ask] = useState(false);
  const production = profile.environment === "production";
  const on = serving.served?.profile === profile.id ? serving.served : null;
  return (
    <Details data-color="neutral" data-testid="serve-panel">
      <Details.Summary>{t("pass.serve.title")}</Details.Summary>
      <Details.Content>
        <div className="app-stack">
          <Paragraph>{t("pass.serve.text")}</Paragraph>
          {on === null ? (
            <div>
              <ActionButton variant="secondary" data-testid="serve-start" onAct={() => (production ? ask(true) : serving.start(profile.id))}>
                {t("pass.serve.start")}
              </ActionButton>
            </div>
          ) : (
            <>
              <CodeBlock title={t("pass.serve.address")} code={on.url} testId="serve-url" />
              <p className="app-small">{t("pass.serve.hint")}</p>
              <div>
                <ActionButton variant="secondary" data-testid="serve-stop" onAct={serving.stop}>
                  {t("pass.serve.stop")}
                </ActionButton>
              </div>
            </>
          )}
        </div>
        {asking && (
          <ConfirmDialog
            title={t("pass.serve.confirm_title")}
            text={t("pass.serve.confirm_text")}
            yes={t("pass.serve.confirm_yes")}
            no={t("common.cancel")}
            color="prod"
            onYes={async () => {
              ask(false);
              await serving.start(profile.id);
            }}
            onNo={() => ask(false)}
            testId="serve-dialog"
          />
        )}
      </Details.Content>
    </Details>
  );
}
