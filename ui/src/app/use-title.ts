import { useEffect } from "react";
import { useBridge } from "../bridge/context";
import { useText } from "../i18n/text";
import { useApp } from "./app-state";

/** Gives document and window the title «Hent token – Test – Portner». */
export function useTitle(page: string) {
  const bridge = useBridge();
  const { t } = useText();
  const { profile } = useApp();
  const environment = profile?.environment ?? null;
  const app = t("common.app");
  const title = environment
    ? t("shell.title", { page, environment: t(`env.${environment}.name`), app })
    : t("shell.title_plain", { page, app });

  useEffect(() => {
    document.title = title;
    void bridge.setWindowTitle(title).catch(() => undefined);
  }, [bridge, title]);
}
