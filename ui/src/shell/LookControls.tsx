import { Button } from "@digdir/designsystemet-react";
import { ToggleGroup } from "@digdir/designsystemet-react";
import { MoonIcon, SunIcon } from "@navikt/aksel-icons";
import { useApp } from "../app/app-state";
import { useMedia } from "../app/use-media";
import type { Language } from "../bridge/wire";
import { useText } from "../i18n/text";

/** Language and light or dark: at the bottom of the sidebar, and on Velkommen at the top. */
export function LookControls() {
  const { t } = useText();
  const { settings, saveSettings } = useApp();
  const systemIsDark = useMedia("(prefers-color-scheme: dark)");
  const dark = settings.scheme === "dark" || (settings.scheme === "auto" && systemIsDark);
  return (
    <div className="app-look">
      <LanguageToggle />
      <Button
        icon
        variant="tertiary"
        data-color="neutral"
        aria-label={t("shell.theme_toggle")}
        data-tooltip={t("shell.theme_toggle")}
        data-testid="theme-toggle"
        onClick={() => void saveSettings({ scheme: dark ? "light" : "dark" })}
      >
        {dark ? <SunIcon aria-hidden /> : <MoonIcon aria-hidden />}
      </Button>
    </div>
  );
}

/** Three languages, each by its own name. */
export function LanguageToggle() {
  const { t } = useText();
  const { settings, saveSettings } = useApp();
  return (
    <ToggleGroup
      className="app-language"
      variant="secondary"
      data-color="neutral"
      aria-label={t("shell.language")}
      value={settings.language}
      onChange={(language) => void saveSettings({ language: language as Language })}
    >
      {LANGUAGES.map((language) => (
        <ToggleGroup.Item key={language} value={language} lang={language}>
          {t(`shell.languages.${language}`)}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup>
  );
}

const LANGUAGES: Language[] = ["nb", "nn", "en"];
