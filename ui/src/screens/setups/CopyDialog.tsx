import { Fieldset, Heading, Paragraph, Radio } from "@digdir/designsystemet-react";
import { useId, useState } from "react";
import { useApp } from "../../app/app-state";
import { useProduction } from "../../app/production";
import { useBridge } from "../../bridge/context";
import type { EnvironmentName, Profile } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { ModalDialog } from "../../components/ModalDialog";
import { useText } from "../../i18n/text";

type CopyDialogProps = { profile: Profile; name: string; onDone: () => void };

/** A copy in another environment: an oppsett belongs to one for good. */
export function CopyDialog({ profile, name, onDone }: CopyDialogProps) {
  const { t } = useText();
  const bridge = useBridge();
  const { activate } = useApp();
  const production = useProduction();
  const heading = useId();
  const group = useId();
  const others = ALL.filter((environment) => environment !== profile.environment);
  const [wanted, want] = useState<EnvironmentName>(others[0] ?? "test");

  const copy = async () => {
    if (wanted === "production" && !(await production.ask())) return;
    const { id } = await bridge.copyProfile(profile.id, { environment: wanted });
    onDone();
    await activate(id);
  };
  return (
    <ModalDialog onClose={onDone} aria-labelledby={heading} data-testid="copy-dialog">
      <div className="app-dialog">
        <Heading level={2} data-size="xs" id={heading}>
          {t("setups.copying.title", { name })}
        </Heading>
        <Paragraph>{t("setups.copying.text")}</Paragraph>
        <Fieldset>
          <Fieldset.Legend>{t("setups.copying.label")}</Fieldset.Legend>
          {others.map((environment) => (
            <Radio
              key={environment}
              name={group}
              value={environment}
              label={t(`env.${environment}.name`)}
              checked={wanted === environment}
              onChange={() => want(environment)}
              data-testid={`copy-to-${environment}`}
            />
          ))}
        </Fieldset>
        <div className="app-row">
          <ActionButton data-testid="make-copy" onAct={copy}>
            {t("setups.copying.save")}
          </ActionButton>
          <ActionButton variant="secondary" onAct={onDone}>
            {t("common.cancel")}
          </ActionButton>
        </div>
      </div>
    </ModalDialog>
  );
}

const ALL: EnvironmentName[] = ["practice", "test", "production"];
