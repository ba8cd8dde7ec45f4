import { Heading, Textfield } from "@digdir/designsystemet-react";
import { useId, useState } from "react";
import { useApp } from "../../app/app-state";
import { profileName } from "../../app/names";
import { useBridge } from "../../bridge/context";
import type { Profile } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { ModalDialog } from "../../components/ModalDialog";
import { useText } from "../../i18n/text";

/** A new name. Two oppsett of one name could not be told apart on the command line. */
export function NameDialog({ profile, onDone }: { profile: Profile; onDone: () => void }) {
  const text = useText();
  const { t } = text;
  const bridge = useBridge();
  const { profiles, refresh } = useApp();
  const heading = useId();
  const field = useId();
  const [name, setName] = useState(() => profileName(text, profile));
  const [fault, setFault] = useState<"missing" | "taken" | null>(null);

  const save = async () => {
    const wanted = name.trim();
    const taken = profiles.some((one) => one.id !== profile.id && one.name === wanted);
    const found = wanted === "" ? "missing" : taken ? "taken" : null;
    setFault(found);
    if (found) {
      document.getElementById(field)?.focus();
      return;
    }
    await bridge.changeProfile(profile.id, { name: wanted });
    await refresh();
    onDone();
  };
  return (
    <ModalDialog onClose={onDone} aria-labelledby={heading} data-testid="name-dialog">
      <form className="app-dialog" noValidate onSubmit={(event) => event.preventDefault()}>
        <Heading level={2} data-size="xs" id={heading}>
          {t("setups.name.title")}
        </Heading>
        <Textfield
          id={field}
          label={t("setups.name.label")}
          description={t("setups.name.help")}
          value={name}
          error={fault ? t(`setups.name.${fault}`) : undefined}
          onChange={(event) => setName(event.target.value)}
          data-testid="setup-name"
        />
        <div className="app-row">
          <ActionButton type="submit" data-testid="save-name" onAct={save}>
            {t("setups.name.save")}
          </ActionButton>
          <ActionButton type="button" variant="secondary" onAct={onDone}>
            {t("common.cancel")}
          </ActionButton>
        </div>
      </form>
    </ModalDialog>
  );
}
