import { Alert, Fieldset, Paragraph, Radio } from "@digdir/designsystemet-react";
import { useApp } from "../../app/app-state";
import type { Keep } from "../../bridge/wire";
import { useText } from "../../i18n/text";

type KeepChoiceProps = {
  keep: Keep;
  onKeep: (keep: Keep) => void;
  /** What is kept: a certificate of a file, or a key made here. */
  of?: "certificate" | "key";
};

/** Sealed or for now only. Without a keychain there is nothing to choose, and that is said. */
export function KeepChoice({ keep, onKeep, of = "certificate" }: KeepChoiceProps) {
  const { t } = useText();
  const { start } = useApp();
  if (start.keychain === "missing") {
    return (
      <Alert data-color="info" data-testid="keychain-missing">
        <p className="app-alert-title">{t("certificate.keep.missing_title")}</p>
        <Paragraph>{t(of === "key" ? "certificate.keep.missing_key" : "certificate.keep.missing_text")}</Paragraph>
      </Alert>
    );
  }
  return (
    <Fieldset>
      <Fieldset.Legend>{t(of === "key" ? "certificate.keep.label_key" : "certificate.keep.label")}</Fieldset.Legend>
      <Radio
        name="keep"
        value="sealed"
        label={t("certificate.keep.sealed")}
        description={t(of === "key" ? "certificate.keep.sealed_key" : "certificate.keep.sealed_help")}
        checked={keep === "sealed"}
        onChange={() => onKeep("sealed")}
      />
      <Radio
        name="keep"
        value="session"
        label={t("certificate.keep.session")}
        checked={keep === "session"}
        onChange={() => onKeep("session")}
      />
    </Fieldset>
  );
}
