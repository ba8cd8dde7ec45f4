import { Checkbox, Details, Field, Label, Select, Textfield } from "@digdir/designsystemet-react";
import type { AlgorithmName } from "../../bridge/wire";
import { useText } from "../../i18n/text";
import { DetailFields } from "./DetailFields";
import { tuneFieldId } from "./tune-field";
import type { Tuning, TuningFaults } from "./tuning";

type AdvancedProps = {
  tuning: Tuning;
  faults: TuningFaults;
  pressed: boolean;
  /** The oppsett names a registered key: no certificate is sent. */
  byKey: boolean;
  onSet: (part: Partial<Tuning>) => void;
};

/** «Avansert»: what few requests have. */
export function Advanced({ tuning, faults, pressed, byKey, onSet }: AdvancedProps) {
  const { t } = useText();
  return (
    <Details data-color="neutral" className="app-advanced" data-testid="advanced">
      <Details.Summary>{t("token.tune.advanced")}</Details.Summary>
      <Details.Content>
        <div className="app-tune-fields">
          <Textfield
            id={tuneFieldId("person")}
            label={t("token.tune.pid")}
            description={t("token.tune.pid_help")}
            inputMode="numeric"
            autoComplete="off"
            value={tuning.pid}
            onChange={(event) => onSet({ pid: event.target.value })}
            error={faults.pid && t(`token.tune.${faults.pid}`)}
            data-testid="tune-pid"
          />
          <DetailFields tuning={tuning} faults={faults} pressed={pressed} onSet={onSet} />
          <Field>
            <Label>{t("token.tune.algorithm")}</Label>
            <Select value={tuning.algorithm} onChange={(event) => onSet({ algorithm: event.target.value as AlgorithmName })} data-testid="tune-algorithm">
              {ALGORITHMS.map((name) => (
                <Select.Option key={name} value={name}>
                  {name}
                </Select.Option>
              ))}
            </Select>
          </Field>
          {!byKey && (
            <div id={tuneFieldId("chain")}>
              <Checkbox
                label={t("token.tune.chain")}
                description={t("token.tune.chain_help")}
                checked={tuning.chain}
                onChange={(event) => onSet({ chain: event.target.checked })}
                data-testid="tune-chain"
              />
            </div>
          )}
          <Textfield
            id={tuneFieldId("lifetime")}
            label={t("token.tune.lifetime")}
            description={t("token.tune.lifetime_help")}
            inputMode="numeric"
            value={tuning.lifetime}
            onChange={(event) => onSet({ lifetime: event.target.value })}
            error={faults.lifetime && t(`token.tune.${faults.lifetime}`)}
          />
        </div>
      </Details.Content>
    </Details>
  );
}

const ALGORITHMS: AlgorithmName[] = ["RS256", "RS384", "RS512"];
