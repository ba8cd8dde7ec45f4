import { Heading, Paragraph, Tabs, ToggleGroup } from "@digdir/designsystemet-react";
import type { ReactNode } from "react";
import { useApp } from "../../app/app-state";
import type { Scheme, TextSize } from "../../bridge/wire";
import { Page } from "../../components/Page";
import { useText } from "../../i18n/text";
import { LanguageToggle } from "../../shell/LookControls";
import { LogTab } from "./LogTab";

/** Innstillinger. Every choice holds at once. */
export function SettingsScreen() {
  const { t } = useText();
  return (
    <Page title={t("settings.title")} wide>
      <Tabs defaultValue="look">
        <Tabs.List aria-label={t("settings.title")}>
          <Tabs.Tab value="look">{t("settings.tab.look")}</Tabs.Tab>
          <Tabs.Tab value="log" data-testid="tab-log">
            {t("settings.tab.log")}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="look">
          <Look />
        </Tabs.Panel>
        <Tabs.Panel value="log">
          <LogTab />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Look() {
  const { t } = useText();
  const { settings, saveSettings } = useApp();
  return (
    <div className="app-settings">
      <Setting name="language">
        <LanguageToggle />
      </Setting>
      <Setting name="scheme">
        <Choice
          name={t("settings.scheme.title")}
          value={settings.scheme}
          options={SCHEMES.map((value) => ({ value, label: t(`settings.scheme.${value}`) }))}
          onChange={(scheme) => void saveSettings({ scheme: scheme as Scheme })}
        />
      </Setting>
      <Setting name="size">
        <Choice
          name={t("settings.size.title")}
          value={settings.text_size}
          options={SIZES.map((value) => ({ value, label: t(`settings.size.${value}`) }))}
          onChange={(size) => void saveSettings({ text_size: size as TextSize })}
        />
      </Setting>
    </div>
  );
}

function Setting({ name, children }: { name: "language" | "scheme" | "size"; children: ReactNode }) {
  const { t } = useText();
  return (
    <div className="app-setting">
      <div>
        <Heading level={2} data-size="2xs">
          {t(`settings.${name}.title`)}
        </Heading>
        <Paragraph className="app-setting-text">{t(`settings.${name}.text`)}</Paragraph>
      </div>
      {children}
    </div>
  );
}

type ChoiceProps = {
  name: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
};

function Choice({ name, value, options, onChange }: ChoiceProps) {
  return (
    <ToggleGroup variant="secondary" data-color="neutral" aria-label={name} value={value} onChange={onChange}>
      {options.map((option) => (
        <ToggleGroup.Item key={option.value} value={option.value}>
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup>
  );
}

const SCHEMES: Scheme[] = ["auto", "light", "dark"];
const SIZES: TextSize[] = ["normal", "large", "largest"];
