import { Checkbox, Fieldset } from "@digdir/designsystemet-react";
import { useState } from "react";
import { ActionButton } from "../../components/ActionButton";
import { FailureAlert } from "../../components/FailureAlert";
import { RadioCard } from "../../components/RadioCard";
import { useOnce } from "../../components/use-once";
import { useText } from "../../i18n/text";
import { ANSWERS, EXTRAS, scenarioKey } from "./scenario-key";

type ScenariosProps = { on: string[]; onSwitch: (scenarios: string[]) => Promise<void> };

/** «Scenarioer»: what goes wrong on purpose. A choice counts at once. */
export function Scenarios({ on, onSwitch }: ScenariosProps) {
  const { t } = useText();
  // What was chosen last is shown until the program has answered.
  const [asked, setAsked] = useState<string[] | null>(null);
  const once = useOnce(async (scenarios: string[]) => {
    setAsked(scenarios);
    await onSwitch(scenarios).finally(() => setAsked(null));
  });
  const shown = asked ?? on;
  const answer = ANSWERS.find((one) => shown.includes(one)) ?? NONE;
  const extras = EXTRAS.filter((one) => shown.includes(one));
  const choose = (one: string) => once.run(one === NONE ? extras : [one, ...extras]);
  const toggle = (one: string, is: boolean) =>
    once.run([...shown.filter((other) => other !== one), ...(is ? [one] : [])]);
  return (
    <div className="app-stack" data-testid="scenarios">
      <Fieldset>
        <Fieldset.Legend>{t("practice.scenario.answer")}</Fieldset.Legend>
        <Fieldset.Description>{t("practice.scenario.answer_help")}</Fieldset.Description>
        <div className="app-practice-choices">
          {[NONE, ...ANSWERS].map((one) => (
            <RadioCard
              key={one}
              name="scenario"
              value={one}
              checked={answer === one}
              onChoose={choose}
              title={t(`practice.scenario.${one === NONE ? NONE : scenarioKey(one)}.title`)}
              description={t(`practice.scenario.${one === NONE ? NONE : scenarioKey(one)}.text`)}
              color="ovelse"
              testId={`scenario-${one}`}
            />
          ))}
        </div>
      </Fieldset>
      <Fieldset>
        <Fieldset.Legend>{t("practice.scenario.more")}</Fieldset.Legend>
        {EXTRAS.map((one) => (
          <Checkbox
            key={one}
            label={t(`practice.scenario.${scenarioKey(one)}.title`)}
            description={t(`practice.scenario.${scenarioKey(one)}.text`)}
            checked={shown.includes(one)}
            onChange={(event) => toggle(one, event.target.checked)}
            data-testid={`scenario-${one}`}
          />
        ))}
      </Fieldset>
      {once.failure && <FailureAlert failure={once.failure} />}
      <div className="app-practice-head">
        <p className="app-small" role="status">
          {t("practice.scenario.on", { count: shown.length })}
        </p>
        {shown.length > 0 && (
          <ActionButton variant="secondary" data-testid="scenarios-off" onAct={() => onSwitch([])}>
            {t("practice.scenario.off")}
          </ActionButton>
        )}
      </div>
    </div>
  );
}

const NONE = "none";
