import { Details, Textfield } from "@digdir/designsystemet-react";
import type { Profile } from "../../bridge/wire";
import { OrgNumberField } from "../../components/OrgNumberField";
import { useText } from "../../i18n/text";
import { Advanced } from "./Advanced";
import { KeepTuning } from "./KeepTuning";
import { PreviewGrant } from "./PreviewGrant";
import { tuneFieldId } from "./tune-field";
import { changeOf, faultsOf, optionsOf, type Tuning } from "./tuning";

type TuneProps = {
  profile: Profile;
  tuning: Tuning;
  /** It was tried to send it: what is empty is told too. */
  pressed: boolean;
  onTune: (tuning: Tuning) => void;
};

/** «Tilpass forespørselen»: for testers; nothing here must be read to get a token. */
export function Tune({ profile, tuning, pressed, onTune }: TuneProps) {
  const { t } = useText();
  const faults = faultsOf(tuning);
  const set = (part: Partial<Tuning>) => onTune({ ...tuning, ...part });
  const options = optionsOf(tuning, profile);
  return (
    <Details data-color="neutral" className="app-tune" data-testid="tune">
      <Details.Summary>{t("token.tune.label")}</Details.Summary>
      <Details.Content>
        <div className="app-tune-fields">
          <Textfield
            id={tuneFieldId("scopes")}
            label={t("token.tune.scopes")}
            description={t("token.tune.scopes_help")}
            value={tuning.scopes}
            onChange={(event) => set({ scopes: event.target.value })}
            error={faults.scopes && t(`token.tune.${faults.scopes}`)}
            spellCheck={false}
            data-testid="tune-scopes"
          />
          <Textfield
            id={tuneFieldId("resource")}
            label={t("token.tune.resource")}
            description={t("token.tune.resource_help")}
            value={tuning.resource}
            onChange={(event) => set({ resource: event.target.value })}
            error={faults.resource && t(`token.tune.${faults.resource}`)}
            spellCheck={false}
            data-testid="tune-resource"
          />
          <div id={tuneFieldId("consumer")}>
            <OrgNumberField
              optional
              label={t("token.tune.consumer")}
              description={t("token.tune.consumer_help")}
              value={tuning.consumer}
              pressed={pressed}
              onChange={(consumer) => set({ consumer })}
            />
          </div>
          <Advanced tuning={tuning} faults={faults} pressed={pressed} byKey={profile.kid !== null} onSet={set} />
          <KeepTuning profile={profile} change={Object.keys(faults).length === 0 ? changeOf(tuning, profile) : null} />
          <PreviewGrant key={JSON.stringify(options)} profile={profile} options={options} />
        </div>
      </Details.Content>
    </Details>
  );
}
