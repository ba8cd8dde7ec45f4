import { Field, Label, Select, Textfield } from "@digdir/designsystemet-react";
import { OrgNumberField } from "../../components/OrgNumberField";
import { useText } from "../../i18n/text";
import { tuneFieldId } from "./tune-field";
import type { DetailKind, Tuning, TuningFaults } from "./tuning";

type DetailFieldsProps = { tuning: Tuning; faults: TuningFaults; pressed: boolean; onSet: (part: Partial<Tuning>) => void };

/** A system user or a consent: Maskinporten takes one of them at a time, so one can be chosen. */
export function DetailFields({ tuning, faults, pressed, onSet }: DetailFieldsProps) {
  const { t } = useText();
  return (
    <div className="app-tune-fields" id={tuneFieldId("details")}>
      <Field>
        <Label>{t("token.tune.detail")}</Label>
        <Select value={tuning.detail} onChange={(event) => onSet({ detail: event.target.value as DetailKind })} data-testid="tune-detail">
          {KINDS.map((kind) => (
            <Select.Option key={kind} value={kind}>
              {t(`token.tune.detail_${kind}`)}
            </Select.Option>
          ))}
        </Select>
      </Field>
      {tuning.detail === "system_user" && (
        <>
          <div id={tuneFieldId("system_user")}>
            <OrgNumberField
              label={t("token.tune.system_user")}
              description={t("token.tune.system_user_help")}
              value={tuning.systemUser}
              pressed={pressed}
              onChange={(systemUser) => onSet({ systemUser })}
            />
          </div>
          <Textfield
            id={tuneFieldId("external_ref")}
            label={t("token.tune.external_ref")}
            description={t("token.tune.external_ref_help")}
            value={tuning.externalRef}
            onChange={(event) => onSet({ externalRef: event.target.value })}
            error={faults.externalRef && t(`token.tune.${faults.externalRef}`)}
            spellCheck={false}
            data-testid="tune-external-ref"
          />
        </>
      )}
      {tuning.detail === "consent" && (
        <>
          <Textfield
            id={tuneFieldId("consent_id")}
            label={t("token.tune.consent_id")}
            value={tuning.consentId}
            onChange={(event) => onSet({ consentId: event.target.value })}
            error={(pressed || tuning.consentId !== "") && faults.consentId ? t(`token.tune.${faults.consentId}`) : undefined}
            spellCheck={false}
            data-testid="tune-consent-id"
          />
          <Textfield
            id={tuneFieldId("consent_from")}
            label={t("token.tune.consent_from")}
            description={t("token.tune.consent_from_help")}
            inputMode="numeric"
            autoComplete="off"
            value={tuning.consentFrom}
            onChange={(event) => onSet({ consentFrom: event.target.value })}
            error={(pressed || tuning.consentFrom !== "") && faults.consentFrom ? t(`token.tune.${faults.consentFrom}`) : undefined}
            data-testid="tune-consent-from"
          />
        </>
      )}
    </div>
  );
}

const KINDS: DetailKind[] = ["none", "system_user", "consent"];
