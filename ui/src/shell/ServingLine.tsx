import { ArrowsSquarepathIcon } from "@navikt/aksel-icons";
import { useApp } from "../app/app-state";
import { profileName } from "../app/names";
import { ActionButton } from "../components/ActionButton";
import { EnvTag } from "../components/EnvTag";
import { useText } from "../i18n/text";
import { useServing } from "./serving";

/** On every page while test tools can fetch tokens: for which oppsett, and the way to stop it. */
export function ServingLine() {
  const text = useText();
  const { profiles } = useApp();
  const { served, stop } = useServing();
  if (served === null) return null;
  const profile = profiles.find(({ id }) => id === served.profile);
  return (
    <section className="app-serving" aria-label={text.t("pass.serve.region")} data-testid="serving-line">
      <ArrowsSquarepathIcon aria-hidden fontSize="1.25rem" />
      <span>{profile ? text.t("pass.serve.on", { setup: profileName(text, profile) }) : text.t("pass.serve.on_removed")}</span>
      {profile?.environment && <EnvTag environment={profile.environment} />}
      <ActionButton variant="tertiary" data-size="sm" data-color="neutral" data-testid="serving-stop" onAct={stop}>
        {text.t("pass.serve.stop_short")}
      </ActionButton>
    </section>
  );
}
