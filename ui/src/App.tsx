import { useEffect, useState } from "react";
import { AppProvider, useApp } from "./app/app-state";
import type { Route } from "./app/route";
import { useBridge } from "./bridge/context";
import type { Settings, Start } from "./bridge/wire";
import { TextProvider, useText } from "./i18n/text";
import { Screen } from "./screens/Screen";
import { Shell } from "./shell/Shell";

/** The window: asks the program how things stand, then shows the shell and the page. */
export function App({ route }: { route?: Route }) {
  const bridge = useBridge();
  const [start, setStart] = useState<Start | "failed" | null>(null);

  useEffect(() => {
    bridge.start().then(setStart, () => setStart("failed"));
  }, [bridge]);

  if (start === null) return null;
  if (start === "failed") return <StartFailed />;
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

function StartFailed() {
  const { t } = useText();
  return <p role="alert">{t("shell.failed")}</p>;
}

/** Language, light or dark, and text size on the document, as the settings say. */
function Dressed({ children }: { children: React.ReactNode }) {
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
