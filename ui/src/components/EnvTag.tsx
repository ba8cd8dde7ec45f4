import { Tag } from "@digdir/designsystemet-react";
import { ExclamationmarkTriangleFillIcon, SandboxIcon, TestFlaskIcon } from "@navikt/aksel-icons";
import type { EnvironmentName } from "../bridge/wire";
import { useText } from "../i18n/text";

/** Colour name of an environment in the theme: for `data-color`. */
export const ENV_COLOR = { practice: "ovelse", test: "test", production: "prod" } as const;

/** Colour of the main button: red in production, where what it does counts. */
export function mainColor(environment: EnvironmentName | null): "accent" | "prod" {
  return environment === "production" ? "prod" : "accent";
}

/** Icon of an environment; decoration, the word stands beside it. */
export function EnvIcon({ environment }: { environment: EnvironmentName }) {
  const Icon = ICONS[environment];
  return <Icon aria-hidden fontSize="1.25rem" />;
}

/** The environment by word, icon and colour. */
export function EnvTag({ environment }: { environment: EnvironmentName }) {
  const { t } = useText();
  return (
    <Tag className="app-env-tag" data-color={ENV_COLOR[environment]}>
      <EnvIcon environment={environment} />
      {t(`env.${environment}.name`)}
    </Tag>
  );
}

const ICONS = { practice: SandboxIcon, test: TestFlaskIcon, production: ExclamationmarkTriangleFillIcon };
