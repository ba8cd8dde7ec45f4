import { Button, Field, Fieldset, Label, Paragraph, Select, ValidationMessage } from "@digdir/designsystemet-react";
import { FileIcon } from "@navikt/aksel-icons";
import type { Identity } from "../../bridge/wire";
import { SecretField } from "../../components/SecretField";
import { orgNumber } from "../../i18n/formats";
import { failureText } from "../../i18n/shared";
import { useText } from "../../i18n/text";
import { NEW, type Draft } from "./draft";
import type { Certificate } from "./use-certificate";

type CertificateFieldsProps = {
  identities: Identity[];
  draft: Draft;
  certificate: Certificate;
  onChange: (change: Partial<Draft>) => void;
  error: string | null;
};

/** A certificate that is here already, or a file with its password. */
export function CertificateFields({ identities, draft, certificate, onChange, error }: CertificateFieldsProps) {
  const { t, language } = useText();
  const { file, failure, pick } = certificate;
  const failed = failure && (failure.code === "no_usable_key" ? t("quick.certificate.no_usable") : failureText(language, failure).what);
  return (
    <Fieldset className="app-quick-certificate">
      <Fieldset.Legend>{t("quick.certificate.legend")}</Fieldset.Legend>
      {identities.length > 0 && (
        <Field>
          <Label>{t("quick.certificate.stored")}</Label>
          <Select value={draft.identity} data-testid="quick-identity" onChange={(event) => onChange({ identity: event.target.value })}>
            {identities.map((identity) => (
              <Select.Option key={identity.id} value={identity.id}>
                {nameOf(identity)}
              </Select.Option>
            ))}
            <Select.Option value={NEW}>{t("quick.certificate.new")}</Select.Option>
          </Select>
        </Field>
      )}
      {draft.identity === NEW && (
        <>
          <div className="app-quick-file">
            <Button id="certificate" variant="secondary" data-testid="quick-pick" onClick={() => void pick()}>
              {t(file ? "quick.certificate.pick_other" : "quick.certificate.pick")}
            </Button>
            <span className="app-quick-file-name">
              {file && <FileIcon aria-hidden fontSize="1.25rem" />}
              {file?.name ?? t("quick.certificate.none")}
            </span>
          </div>
          {!file && (
            <Paragraph className="app-setting-text">{t("quick.certificate.help")}</Paragraph>
          )}
          {error && <ValidationMessage>{error}</ValidationMessage>}
          {file?.locked && (
            <SecretField
              label={t("quick.certificate.password")}
              value={draft.password}
              error={failed}
              testId="quick-password"
              onChange={(password) => onChange({ password })}
            />
          )}
          {failed && !file?.locked && <ValidationMessage>{failed}</ValidationMessage>}
        </>
      )}
    </Fieldset>
  );
}

function nameOf({ certificate, own_key }: Identity): string {
  const { organisation, org_number, subject } = certificate ?? { organisation: null, org_number: null, subject: own_key?.kid ?? "" };
  return organisation ? [organisation, org_number && orgNumber(org_number)].filter(Boolean).join(", ") : subject;
}
