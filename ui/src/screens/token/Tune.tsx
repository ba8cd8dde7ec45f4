import { Details, Textfield } from "@digdir/designsystemet-react";
import { useState } from "react";
import { asFailure, useBridge } from "../../bridge/context";
import type { Failure, Preview, Profile, TokenOptions } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { CodeBlock } from "../../components/CodeBlock";
import { OrgNumberField } from "../../components/OrgNumberField";
import { useText } from "../../i18n/text";
import { FailureAlert } from "../../components/FailureAlert";
import { faultsOf, optionsOf, type Tuning } from "./tuning";

type TuneProps = { profile: Profile; tuning: Tuning; onTune: (tuning: Tuning) => void };

/** «Tilpass forespørselen»: for testers; nothing here must be read to get a token. */
export function Tune({ profile, tuning, onTune }: TuneProps) {
  const { t } = useText();
  const faults = faultsOf(tuning);
  const set = (part: Partial<Tuning>) => onTune({ ...tuning, ...part });
  return (
    <Details data-color="neutral" className="app-tune" data-testid="tune">
      <Details.Summary>{t("token.tune.label")}</Details.Summary>
      <Details.Content>
        <div className="app-tune-fields">
          <Textfield
            label={t("token.tune.scopes")}
            description={t("token.tune.scopes_help")}
            value={tuning.scopes}
            onChange={(event) => set({ scopes: event.target.value })}
            error={faults.scopes && t(`token.tune.${faults.scopes}`)}
            spellCheck={false}
            data-testid="tune-scopes"
          />
          <Textfield
            label={t("token.tune.resource")}
            description={t("token.tune.resource_help")}
            value={tuning.resource}
            onChange={(event) => set({ resource: event.target.value })}
            error={faults.resource && t(`token.tune.${faults.resource}`)}
            spellCheck={false}
          />
          <OrgNumberField
            optional
            label={t("token.tune.consumer")}
            description={t("token.tune.consumer_help")}
            value={tuning.consumer}
            onChange={(consumer) => set({ consumer })}
          />
          <Textfield
            label={t("token.tune.lifetime")}
            description={t("token.tune.lifetime_help")}
            inputMode="numeric"
            value={tuning.lifetime}
            onChange={(event) => set({ lifetime: event.target.value })}
            error={faults.lifetime && t(`token.tune.${faults.lifetime}`)}
          />
          <PreviewGrant profile={profile} options={optionsOf(tuning, profile)} />
        </div>
      </Details.Content>
    </Details>
  );
}

/** What would be sent, and where, before it is. */
function PreviewGrant({ profile, options }: { profile: Profile; options: TokenOptions }) {
  const { t } = useText();
  const bridge = useBridge();
  const [preview, setPreview] = useState<Preview | Failure | null>(null);
  return (
    <>
      <div className="app-row">
        <ActionButton
          variant="secondary"
          data-testid="preview-grant"
          onAct={async () => setPreview(await bridge.previewGrant(profile.id, options).catch(asFailure))}
        >
          {t("token.tune.preview")}
        </ActionButton>
      </div>
      <div role="status" className="app-status">
        {preview && "code" in preview && <FailureAlert failure={preview} />}
        {preview && !("code" in preview) && (
          <>
            <p className="app-small">{t("token.tune.preview_text", { endpoint: preview.token_endpoint })}</p>
            <CodeBlock title={t("token.tune.preview_title")} code={`${preview.header}\n${preview.claims}`} />
          </>
        )}
      </div>
    </>
  );
}
