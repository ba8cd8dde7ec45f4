import { Heading, Paragraph } from "@digdir/designsystemet-react";
import { Component, useEffect, useRef, type ReactNode } from "react";
import { settingsOfTheSystem } from "../app/first-settings";
import type { Language } from "../bridge/wire";
import { TextProvider, useText } from "../i18n/text";
import { ActionButton } from "./ActionButton";

/** Round everything: a mistake of ours in drawing a page leaves a page that says so, never an empty window. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  render() {
    if (!this.state.broken) return this.props.children;
    return (
      <TextProvider language={languageOfThePage()}>
        <Broken onRetry={() => this.setState({ broken: false })} />
      </TextProvider>
    );
  }
}

function Broken({ onRetry }: { onRetry: () => void }) {
  const { t } = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main className="app-start-failed" data-testid="broken">
      <Heading ref={heading} level={1} data-size="xs" tabIndex={-1}>
        {t("shell.broken.title")}
      </Heading>
      <Paragraph>{t("shell.broken.text")}</Paragraph>
      <div>
        <ActionButton data-testid="broken-retry" onAct={onRetry}>
          {t("common.retry")}
        </ActionButton>
      </div>
    </main>
  );
}

/** What the window spoke last: its settings are gone with the rest of it. */
function languageOfThePage(): Language {
  const { lang } = document.documentElement;
  return LANGUAGES.find((language) => language === lang) ?? settingsOfTheSystem(navigator.language).language;
}

const LANGUAGES: Language[] = ["nb", "nn", "en"];
