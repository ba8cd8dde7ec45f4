import { useText } from "../i18n/text";
import { Mark } from "./Mark";

/** Mark and name. */
export function Brand() {
  const { t } = useText();
  return (
    <div className="app-brand">
      <Mark />
      <span className="app-brand-name">{t("common.app")}</span>
    </div>
  );
}
