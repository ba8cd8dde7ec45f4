import { Checkbox, Switch, ToggleGroup } from "@digdir/designsystemet-react";
import { useState } from "react";
import { useApp } from "../../app/app-state";
import { useBridge } from "../../bridge/context";
import type { Profile, Token } from "../../bridge/wire";
import { CodeBlock } from "../../components/CodeBlock";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { useText } from "../../i18n/text";
import type { Reveal } from "./use-reveal";

type Form = "curl" | "header";

type UseTabProps = { token: Token; profile: Profile; reveal: Reveal; over: boolean };

/** Texts to carry to one's own system. The token is in them only when asked for. */
export function UseTab({ token, profile, reveal, over }: UseTabProps) {
  const { t } = useText();
  const [form, setForm] = useState<Form>("curl");
  const [wanted, want] = useState(false);
  const [asking, ask] = useState(false);
  const [agreed, agree] = useState(false);
  const included = wanted && reveal.text !== null && !over;
  const template = form === "curl" ? token.curl : HEADER;

  const include = async () => {
    await reveal.show();
    want(true);
  };
  const toggle = (on: boolean) => {
    if (!on) {
      want(false);
      reveal.hide();
    } else if (profile.environment === "production" && !agreed) ask(true);
    else void include();
  };
  return (
    <div className="app-use">
      <div className="app-use-head">
        <ToggleGroup
          variant="secondary"
          data-color="neutral"
          data-toggle-group={t("token.use.label")}
          value={form}
          onChange={(value) => setForm(value as Form)}
        >
          <ToggleGroup.Item value="curl">{t("token.use.curl")}</ToggleGroup.Item>
          <ToggleGroup.Item value="header">{t("token.use.header")}</ToggleGroup.Item>
        </ToggleGroup>
        {!over && (
          <Switch
            label={t("token.use.include")}
            checked={included}
            onChange={(event) => toggle(event.target.checked)}
            data-testid="include-token"
          />
        )}
      </div>
      <CodeBlock
        title={form === "curl" ? t("token.use.curl_title") : t("token.use.header_title")}
        code={included ? template.replaceAll(PLACE, reveal.text ?? "") : template}
        testId="use-text"
      />
      <p className="app-small">
        {included ? t("token.use.included") : form === "curl" ? t("token.use.left_out") : t("token.use.left_out_header")}
      </p>
      <TriedElsewhere profile={profile} />
      {asking && (
        <ConfirmDialog
          title={t("token.use.confirm_title")}
          text={t("token.use.confirm_text")}
          yes={t("token.use.confirm_yes")}
          no={t("common.cancel")}
          color="prod"
          onYes={async () => {
            agree(true);
            ask(false);
            await include();
          }}
          onNo={() => ask(false)}
          testId="include-token-dialog"
        />
      )}
    </div>
  );
}

/** Step 7, until the program can try the API itself. */
function TriedElsewhere({ profile }: { profile: Profile }) {
  const { t } = useText();
  const bridge = useBridge();
  const { refresh } = useApp();
  return (
    <Checkbox
      label={t("token.use.tried")}
      description={t("token.use.tried_help")}
      checked={profile.tried_elsewhere}
      onChange={async (event) => {
        await bridge.changeProfile(profile.id, { tried_elsewhere: event.target.checked });
        await refresh();
      }}
      data-testid="tried-elsewhere"
    />
  );
}

/** Where the token goes in the texts. */
const PLACE = "$TOKEN";
const HEADER = `Authorization: Bearer ${PLACE}`;
