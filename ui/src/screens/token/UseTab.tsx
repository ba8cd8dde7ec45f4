import { Checkbox, Switch, ToggleGroup } from "@digdir/designsystemet-react";
import { DownloadIcon } from "@navikt/aksel-icons";
import { useEffect, useState } from "react";
import { useApp } from "../../app/app-state";
import { useBridge } from "../../bridge/context";
import type { Profile, Token, UseForm, UseText } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { CodeBlock } from "../../components/CodeBlock";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { FailureAlert } from "../../components/FailureAlert";
import { useOnce } from "../../components/use-once";
import { useText } from "../../i18n/text";
import { ServePanel } from "./ServePanel";
import type { Reveal } from "./use-reveal";

type UseTabProps = { token: Token; profile: Profile; reveal: Reveal; over: boolean };

/** Texts to carry to one's own system. The token is in them only when asked for. */
export function UseTab({ token, profile, reveal, over }: UseTabProps) {
  const { t } = useText();
  const [form, setForm] = useState<UseForm>("curl");
  const [wanted, want] = useState(false);
  const [asking, ask] = useState(false);
  const [agreed, agree] = useState(false);
  const use = token.uses.find((one) => one.form === form);
  const included = wanted && reveal.text !== null && !over;
  // Once it is hidden, «Vis hele» shows it, and does not put it back into what is copied.
  const hidden = reveal.text === null;
  useEffect(() => {
    if (hidden) want(false);
  }, [hidden, wanted]);

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
          onChange={(value) => setForm(value as UseForm)}
        >
          {token.uses.map((one) => (
            <ToggleGroup.Item key={one.form} value={one.form} data-testid={`use-${one.form}`}>
              {t(`pass.form.${one.form}`)}
            </ToggleGroup.Item>
          ))}
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
      {use && <CodeBlock title={t(`pass.form_title.${form}`)} code={included ? filled(use, reveal.text ?? "") : use.text} testId="use-text" />}
      <p className="app-small">
        {included ? t("token.use.included") : form === "curl" ? t("token.use.left_out") : t("token.use.left_out_header", { place: use?.place ?? "" })}
      </p>
      <Save key={form} token={token} profile={profile} form={form} included={included} />
      <TriedElsewhere profile={profile} />
      <ServePanel profile={profile} />
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

type SaveProps = { token: Token; profile: Profile; form: UseForm; included: boolean };

/** Saving goes through the program: where the file lies is no matter of the page. */
function Save({ token, profile, form, included }: SaveProps) {
  const { t } = useText();
  const bridge = useBridge();
  const [name, saved] = useState<string | null>(null);
  return (
    <div className="app-row app-use-save">
      <ActionButton
        variant="secondary"
        data-color="neutral"
        data-testid="save-use"
        start={<DownloadIcon aria-hidden fontSize="1.25rem" />}
        onAct={async () => saved(await bridge.saveUse(profile.id, token.id, form, included))}
      >
        {t("pass.save")}
      </ActionButton>
      <span className="app-small" role="status">
        {name !== null && t("pass.saved", { name })}
      </span>
    </div>
  );
}

/** Step 7, until the program can try the API itself. */
function TriedElsewhere({ profile }: { profile: Profile }) {
  const { t } = useText();
  const bridge = useBridge();
  const { refresh } = useApp();
  const once = useOnce(async (tried: boolean) => {
    await bridge.changeProfile(profile.id, { tried_elsewhere: tried });
    await refresh();
  });
  return (
    <>
      <Checkbox
        label={t("token.use.tried")}
        description={t("token.use.tried_help")}
        checked={profile.tried_elsewhere}
        onChange={(event) => void once.run(event.target.checked)}
        data-testid="tried-elsewhere"
      />
      {once.failure && <FailureAlert failure={once.failure} />}
    </>
  );
}

/** The text with the token in its place. A function puts it there: `$` in a replacement means something. */
function filled({ text, place, put }: UseText, token: string): string {
  return text.replaceAll(place, () => put.split("{token}").join(token));
}
