import { Checkbox, Fieldset } from "@digdir/designsystemet-react";
import { useState, type ReactNode } from "react";
import { useApp, useProfile } from "../../app/app-state";
import { useBridge } from "../../bridge/context";
import type { Terms } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { CopyButton } from "../../components/CopyButton";
import { mainColor } from "../../components/EnvTag";
import { OutButton } from "../../components/OutLink";
import { Page } from "../../components/Page";
import { PORTAL } from "../../components/refusal-help";
import { useText } from "../../i18n/text";

/** Bruksvilkår og bruker: done when every box is ticked. */
export function TermsScreen() {
  const { t } = useText();
  const bridge = useBridge();
  const { refresh, go } = useApp();
  const profile = useProfile();
  const [terms, setTerms] = useState<Terms>(profile.terms);
  const production = profile.environment === "production";

  const box = (name: keyof Terms) => ({
    checked: terms[name],
    onTick: (ticked: boolean) => setTerms({ ...terms, [name]: ticked }),
  });
  const save = async () => {
    await bridge.changeProfile(profile.id, { terms });
    await refresh();
    go({ path: "/" });
  };
  return (
    <Page
      step={3}
      title={t("terms.title")}
      lead={t("terms.lead")}
      actions={
        <ActionButton arrow data-size="md" data-color={mainColor(profile.environment)} data-testid="save" onAct={save}>
          {t("common.save_continue")}
        </ActionButton>
      }
    >
      <Fieldset className="app-terms">
        <Fieldset.Legend className="app-hidden">{t("terms.legend")}</Fieldset.Legend>
        <Term name="accepted" {...box("accepted")}>
          <OutButton address={SAMARBEIDSPORTALEN}>{t("terms.accepted.open")}</OutButton>
        </Term>
        <Term name="user" {...box("user")}>
          <OutButton address={PORTAL[production ? "production" : "test"]}>{t("terms.user.open")}</OutButton>
        </Term>
        {production && (
          <Term name="altinn" {...box("altinn_right")}>
            <OutButton address={ALTINN}>{t("terms.altinn.open")}</OutButton>
            <CopyButton text={t("terms.altinn.recipe")} label={t("terms.altinn.copy")} />
          </Term>
        )}
      </Fieldset>
    </Page>
  );
}

type TermProps = {
  name: "accepted" | "user" | "altinn";
  checked: boolean;
  onTick: (ticked: boolean) => void;
  /** Where it is done. */
  children: ReactNode;
};

function Term({ name, checked, onTick, children }: TermProps) {
  const { t } = useText();
  return (
    <div className="app-term">
      <Checkbox
        label={t(`terms.${name}.label`)}
        description={t(`terms.${name}.help`)}
        checked={checked}
        data-testid={`terms-${name}`}
        onChange={(event) => onTick(event.target.checked)}
      />
      <div className="app-term-actions">{children}</div>
    </div>
  );
}

const SAMARBEIDSPORTALEN = "https://samarbeid.digdir.no/";
const ALTINN = "https://www.altinn.no/";
