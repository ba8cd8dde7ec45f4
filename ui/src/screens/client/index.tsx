import type { Mode } from "../../app/route";
import { Page } from "../../components/Page";
import { useText } from "../../i18n/text";

export function ClientScreen({ mode }: { mode: Mode; tab?: string }) {
  const { t } = useText();
  return <Page title={t("client.title")} step={mode === "step" ? 4 : undefined} />;
}
