import { AppLink } from "../components/AppLink";
import { ENV_COLOR, EnvIcon } from "../components/EnvTag";
import { useApp } from "../app/app-state";
import { useText } from "../i18n/text";

/** On top of every page: which environment this is, by word, icon, colour and place. */
export function EnvBand() {
  const { t } = useText();
  const { profile } = useApp();
  const environment = profile?.environment ?? null;
  return (
    <section
      className="app-env-band"
      aria-label={t("env.region")}
      data-color={environment ? ENV_COLOR[environment] : "neutral"}
      data-environment={environment ?? "none"}
      data-testid="env-band"
    >
      {environment && <EnvIcon environment={environment} />}
      <strong className="app-env-band-name">{t(`env.${environment ?? "none"}.name`)}</strong>
      {profile && <span className="app-env-band-text">{t(`env.${environment ?? "none"}.band`)}</span>}
      {profile && (
        <AppLink className="app-env-band-link" to={{ path: "/oppsett/miljo", mode: "step" }} data-testid="env-change">
          {environment ? t("env.change") : t("env.none.choose")}
        </AppLink>
      )}
    </section>
  );
}
