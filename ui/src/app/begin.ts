import { useCallback } from "react";
import { useBridge } from "../bridge/context";
import { useText } from "../i18n/text";
import { useApp } from "./app-state";

/** «Start øvelsen»: API, practice certificate and practice client at once, then the task list. */
export function useStartPractice() {
  const bridge = useBridge();
  const { activate, go } = useApp();
  return useCallback(async () => {
    const { id } = await bridge.startPractice();
    await activate(id);
    go({ path: "/" });
  }, [bridge, activate, go]);
}

/** «Nytt oppsett»: an empty one, or the empty one left from before, then the task list. */
export function useNewSetup() {
  const bridge = useBridge();
  const { profiles, activate, go } = useApp();
  const { t } = useText();
  return useCallback(async () => {
    const empty = profiles.find(({ service, environment }) => service === null && environment === null);
    const { id } = empty ?? (await bridge.createProfile({ name: t("shell.setup_new") }));
    await activate(id);
    go({ path: "/" });
  }, [bridge, profiles, activate, go, t]);
}
