import { Heading } from "@digdir/designsystemet-react";
import { useEffect, useState, type ReactNode } from "react";
import { AppProvider, useApp } from "./app/app-state";
import type { Route } from "./app/route";
import { settingsOfTheSystem } from "./app/first-settings";
import { asFailure, useBridge } from "./bridge/context";
import type { Failure, Settings, Start } from "./bridge/wire";
import { ErrorBoundary } from "./components/ErrorBoundary";
import { FailureAlert } from "./components/FailureAlert";
import { TextProvider, useText } from "./i18n/text";
import { Screen } from "./screens/Screen";
import { Shell } from "./shell/Shell";

/** The window, whatever happens in it. */
export function App({ route }: { route?: Route }) {
  return (
    <ErrorBoundary>
      <Started route={route} />
    </ErrorBoundary>
  );
}

/** Asks the program how things stand, then shows the shell and the page. */
function Started({ route }: { route?: Route }) {
  const bridge = useBridge();
  const [start, setStart] = useState<Start | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  useEffect(() => {
    bridge.start().then(setStart, (thrown: unknown) => setFailure(asFailure(thrown)));
  }, [bridge]);

  if (failure) return <StartFailed failure={failure} />;
  if (start === null) return null;
  return (
    <AppProvider start={start} route={route}>
      <Dressed>
        <Shell>
          <Screen />
        </Shell>
      </Dressed>
    </AppProvider>
  );
}

/** The program did not answer: there are no settings yet, so the system's language is used. */
function StartFailed({ failure }: { failure: Failure }) {
  return (
    <TextProvider language={settingsOfTheSystem(navigator.language).language}>
      <main className="app-start-failed">
        <StartFailedTitle />
        <FailureAlert failure={failure} />
      </main>
    </TextProvider>
  );
}

function StartFailedTitle() {
  const { t } = useText();
  return (
    <Heading level={1} data-size="xs">
      {t("shell.failed")}
    </Heading>
  );
}

/** Language, light or dark, and text size on the document, as the settings say. */
function Dressed({ children }: { children: ReactNode }) {
  const { settings } = useApp();
  useEffect(() => dress(settings), [settings]);
  return <TextProvider language={settings.language}>{children}</TextProvider>;
}

function dress({ language, scheme, text_size }: Settings) {
  const { documentElement } = document;
  documentElement.lang = language;
  documentElement.dataset.colorScheme = scheme;
  documentElement.dataset.textSize = text_size;
}
