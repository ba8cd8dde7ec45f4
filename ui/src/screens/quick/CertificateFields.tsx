import { Field, Fieldset, Label, Paragraph, Select, ValidationMessage } from "@digdir/designsystemet-react";
import { FileIcon } from "@navikt/aksel-icons";
import type { Identity, Keep } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { fieldFailure } from "../../components/field-failure";
import { SecretField } from "../../components/SecretField";
import { orgNumber } from "../../i18n/formats";
import { useText, type Text } from "../../i18n/text";
import { isKeyLocked, isOfSealing } from "../certificates/import-state";
import { KeepChoice } from "../certificates/KeepChoice";
import { NotImported } from "../certificates/NotImported";
import { environmentOf, NEW, type Draft } from "./draft";
import type { Certificate } from "./use-certificate";

type CertificateFieldsProps = {
  /** Those of the chosen environment. */
  identities: Identity[];
  /** How many are of another. */
  hidden: number;
  /** Id of one of them, or NEW. */
  chosen: string;
  draft: Draft;
  certificate: Certificate;
  onChange: (change: Partial<Draft>) => void;
  /** Tries again, and keeps the certificate this way. */
  onUse: (keep: Keep) => Promise<unknown>;
  error: string | null;
};

/** A certificate that is here already, or a file with its password. */
export function CertificateFields({ identities, hidden, chosen, draft, certificate, onChange, onUse, error }: CertificateFieldsProps) {
  const text = useText();
  const { t } = text;
  const { file, failure, keyLocked, pick } = certificate;
  const sealing = failure !== null && isOfSealing(failure);
  const failed = failure && !sealing ? failedText(text, certificate) : null;
  const ofKey = isKeyLocked(failure);
  return (
    <Fieldset className="app-quick-certificate">
      <Fieldset.Legend>{t("quick.certificate.legend")}</Fieldset.Legend>
      {identities.length > 0 && (
        <Field>
          <Label>{t("quick.certificate.stored")}</Label>
          <Select value={chosen} data-testid="quick-identity" onChange={(event) => onChange({ identity: event.target.value })}>
            {identities.map((identity) => (
              <Select.Option key={identity.id} value={identity.id}>
                {nameOf(text, identity)}
              </Select.Option>
            ))}
            <Select.Option value={NEW}>{t("quick.certificate.new")}</Select.Option>
          </Select>
        </Field>
      )}
      {hidden > 0 && (
        <Paragraph className="app-setting-text" data-testid="quick-hidden">
          {t("quick.certificate.hidden", { count: hidden })}
        </Paragraph>
      )}
      {chosen === NEW && (
        <>
          <div className="app-quick-file">
            <ActionButton id="certificate" aria-describedby={error || failed ? MESSAGE : undefined} variant="secondary" data-testid="quick-pick" onAct={pick}>
              {t(file ? "quick.certificate.pick_other" : "quick.certificate.pick")}
            </ActionButton>
            <span className="app-quick-file-name">
              {file && <FileIcon aria-hidden fontSize="1.25rem" />}
              {file?.name ?? t("quick.certificate.none")}
            </span>
          </div>
          {!file && (
            <Paragraph className="app-setting-text">{t("quick.certificate.help")}</Paragraph>
          )}
          {error && <ValidationMessage id={MESSAGE}>{error}</ValidationMessage>}
          {file?.locked && (
            <SecretField
              label={t("quick.certificate.password")}
              value={draft.password}
              error={ofKey ? null : failed}
              testId="quick-password"
              onChange={(password) => onChange({ password })}
            />
          )}
          {keyLocked && (
            <SecretField
              label={t("certificate.password.key_label")}
              description={t("certificate.password.key_help")}
              value={draft.keyPassword}
              error={ofKey ? failed : null}
              testId="quick-key-password"
              onChange={(keyPassword) => onChange({ keyPassword })}
            />
          )}
          {failed && !ofKey && !file?.locked && <ValidationMessage id={error ? undefined : MESSAGE}>{failed}</ValidationMessage>}
          {file && <KeepChoice keep={draft.keep} onKeep={(keep) => onChange({ keep })} />}
          {failure && sealing && <NotImported failure={failure} onUse={onUse} />}
        </>
      )}
    </Fieldset>
  );
}

function failedText(text: Text, { failure, keyTried }: Certificate): string | null {
  if (failure === null) return null;
  if (failure.code === "no_usable_key") return text.t("quick.certificate.no_usable");
  if (isKeyLocked(failure) && keyTried) return text.t("certificate.password.key_wrong");
  return fieldFailure(text, failure);
}

/** «GRANITT SPAREBANK, 313 045 285, Test». */
function nameOf({ t }: Text, identity: Identity): string {
  const { certificate, own_key } = identity;
  const environment = environmentOf(identity);
  return [
    certificate?.organisation ?? certificate?.subject ?? own_key?.kid,
    certificate?.organisation && certificate.org_number && orgNumber(certificate.org_number),
    environment !== "unknown" && t(`env.${environment}.name`),
  ]
    .filter(Boolean)
    .join(", ");
}

const MESSAGE = "certificate-message";
