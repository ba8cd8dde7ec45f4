import { Alert, Paragraph, Textfield } from "@digdir/designsystemet-react";
import { useState } from "react";
import type { Mode } from "../../app/route";
import { useBridge } from "../../bridge/context";
import type { FileOffer, Profile, SavedFiles } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { useTick } from "../../components/ConfirmTick";
import { mainColor } from "../../components/EnvTag";
import { FormErrors } from "../../components/FormErrors";
import { Page } from "../../components/Page";
import { PasswordMaker } from "../../components/PasswordMaker";
import { useClearing } from "../../components/use-clearing";
import { fieldFailure } from "../../components/field-failure";
import { useText } from "../../i18n/text";
import { firstDraft, hasAlias, isExposed, isSecret, needsPassword, orderOf, strengthOf, type Draft, type KeyOrigin } from "./draft";
import { ExposedWarning } from "./ExposedWarning";
import { Keytool } from "./Keytool";
import { KindChoice } from "./KindChoice";
import { SecretAside } from "./SecretAside";
import { ToolField } from "./ToolField";
import { isOfAlias, isOfPassword, useSaving } from "./use-saving";

type ChooseViewProps = {
  profile: Profile;
  offer: FileOffer;
  origin: KeyOrigin;
  mode: Mode;
  onSaved: (saved: SavedFiles) => Promise<unknown>;
};

/** The first page: which file, under which password and name, and for which tool. */
export function ChooseView({ profile, offer, origin, mode, onSaved }: ChooseViewProps) {
  const text = useText();
  const { t } = text;
  const bridge = useBridge();
  const [draft, setDraft] = useState<Draft>(() =>
    firstDraft(offer.alias, offer.password, { certified: origin.certified, practice: profile.environment === "practice" }),
  );
  const [attempt, setAttempt] = useState(0);
  const saving = useSaving(profile.id, onSaved);
  const tick = useTick();
  const clearing = useClearing(() => bridge.copyPassword(draft.password));

  const hasClient = profile.client_id !== null;
  const locked = needsPassword(draft.form);
  const change = (next: Draft) => {
    saving.mend();
    if (next.form !== draft.form) tick.set(false);
    setDraft(next);
  };
  const { refused } = saving;
  const errorOf = (belongs: boolean) => (refused && belongs ? fieldFailure(text, refused) : null);
  const passwordError = errorOf(refused !== null && isOfPassword(refused));
  const aliasError = errorOf(refused !== null && isOfAlias(refused));
  const errors = [
    ...(passwordError ? [{ field: PASSWORD, text: passwordError }] : []),
    ...(aliasError ? [{ field: ALIAS, text: aliasError }] : []),
  ];
  const strength = strengthOf(draft);

  const save = async () => {
    if (isExposed(draft.form) && !tick.demand()) return;
    await saving.save(orderOf(draft, hasClient), locked ? draft.password : null);
    setAttempt((attempts) => attempts + 1);
  };
  return (
    <Page
      title={t("files.title")}
      lead={t("files.lead")}
      step={mode === "step" ? 8 : undefined}
      aside={isSecret(draft.form) ? <SecretAside /> : undefined}
      actions={
        <ActionButton data-size="md" data-color={mainColor(profile.environment)} data-testid="save-files" onAct={save}>
          {t("files.save")}
        </ActionButton>
      }
    >
      <div className="app-import">
        <FormErrors attempt={attempt} errors={errors} />
        {profile.environment === "practice" && (
          <Alert data-color="info" data-testid="practice-mark">
            <Paragraph>{t("files.practice")}</Paragraph>
          </Alert>
        )}
        <KindChoice draft={draft} certified={origin.certified} onChange={change} />
        {isExposed(draft.form) && <ExposedWarning tick={tick} />}
        <div className="app-files-fields">
          {locked && (
            <PasswordMaker
              id={PASSWORD}
              texts={{
                label: t("files.password.label"),
                show: t("files.password.show"),
                make: t("files.password.make"),
                copy: t("files.password.copy"),
              }}
              value={draft.password}
              onChange={(password) => change({ ...draft, password, made: false })}
              onMake={async () => change({ ...draft, password: await bridge.makePassword(), made: true })}
              onCopy={clearing.run}
              copied={clearing.said}
              strength={strength && { good: strength !== "short", said: t(`files.password.${strength}`) }}
              error={passwordError}
              testId="new-password"
            />
          )}
          {hasAlias(draft.form) && (
            <Textfield
              id={ALIAS}
              label={t("files.alias.label")}
              description={draft.form === "jks" && draft.alias !== draft.alias.toLowerCase() ? t("files.alias.jks") : undefined}
              value={draft.alias}
              error={aliasError ?? undefined}
              autoComplete="off"
              spellCheck={false}
              data-testid="alias"
              onChange={(event) => change({ ...draft, alias: event.target.value })}
            />
          )}
        </div>
        <ToolField draft={draft} hasClient={hasClient} onChoose={(tool) => change({ ...draft, tool })} />
        <Keytool draft={draft} source={origin.alias} />
      </div>
      {saving.existing !== null && (
        <ConfirmDialog
          title={t("files.exists.title")}
          text={t("files.exists.text", { file: saving.existing })}
          yes={t("files.exists.yes")}
          no={t("files.exists.no")}
          color="danger"
          onYes={saving.replace}
          onNo={saving.keep}
          testId="replace-dialog"
        />
      )}
    </Page>
  );
}

const PASSWORD = "new-password";
const ALIAS = "key-alias";
