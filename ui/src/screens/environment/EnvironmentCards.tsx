import { Fieldset } from "@digdir/designsystemet-react";
import type { EnvironmentName } from "../../bridge/wire";
import { ENV_COLOR, EnvIcon } from "../../components/EnvTag";
import { RadioCard } from "../../components/RadioCard";
import { useText } from "../../i18n/text";

type EnvironmentCardsProps = { chosen: EnvironmentName; onChoose: (environment: EnvironmentName) => void };

/** The three environments, each with what it takes. */
export function EnvironmentCards({ chosen, onChoose }: EnvironmentCardsProps) {
  const { t } = useText();
  return (
    <Fieldset className="app-env-cards">
      <Fieldset.Legend className="app-hidden">{t("environment.legend")}</Fieldset.Legend>
      {ENVIRONMENTS.map((environment) => (
        <RadioCard
          key={environment}
          name="environment"
          value={environment}
          checked={chosen === environment}
          onChoose={() => onChoose(environment)}
          color={ENV_COLOR[environment]}
          title={t(`env.${environment}.name`)}
          aside={<EnvIcon environment={environment} />}
          testId={`environment-${environment}`}
        >
          <span className="app-env-card-host">{t(`environment.${environment}.host`)}</span>
          <span className="app-env-card-text">{t(`environment.${environment}.text`)}</span>
          <span className="app-env-card-points">
            {POINTS.map((point) => (
              <span key={point} className="app-env-card-point">
                {t(`environment.${environment}.points.${point}`)}
              </span>
            ))}
          </span>
        </RadioCard>
      ))}
    </Fieldset>
  );
}

const ENVIRONMENTS: EnvironmentName[] = ["practice", "test", "production"];
const POINTS = [1, 2, 3] as const;
