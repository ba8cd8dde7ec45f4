import type { Foresight } from "../../bridge/wire";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { saidParams } from "../../components/said-params";
import { failureText } from "../../i18n/shared";
import { useText } from "../../i18n/text";

type SendAnywayProps = {
  /** Gravest first, at least one. */
  foresights: Foresight[];
  production: boolean;
  /** The second question, in production only. */
  again: boolean;
  onYes: () => Promise<unknown>;
  onNo: () => void;
};

/** Asks whether to send what we foresee will not go well. */
export function SendAnyway({ foresights, production, again, onYes, onNo }: SendAnywayProps) {
  const text = useText();
  const { t } = text;
  const [first] = foresights;
  if (!first) return null;
  const { what } = failureText(text.language, { code: first.code, params: saidParams(text, first.params) });
  return (
    <ConfirmDialog
      title={again ? t("foresee.again.title") : t("foresee.ask.title")}
      text={again ? t("foresee.again.text") : t("foresee.ask.text", { what })}
      yes={again ? t("foresee.again.yes") : t("foresee.ask.yes")}
      no={t("common.cancel")}
      color={production ? "prod" : "accent"}
      onYes={onYes}
      onNo={onNo}
      testId={again ? "send-again" : "send-anyway"}
    />
  );
}
