import { useRef, useState } from "react";
import { useApp } from "../../app/app-state";
import { useBridge } from "../../bridge/context";
import type { Profile, ProfileChange } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { useText } from "../../i18n/text";

type KeepTuningProps = {
  profile: Profile;
  /** What would be kept; null when there is nothing, or when it cannot be. */
  change: ProfileChange | null;
};

/** «Lagre i oppsettet»: what was changed for one request is kept for the next. */
export function KeepTuning({ profile, change }: KeepTuningProps) {
  const { t } = useText();
  const bridge = useBridge();
  const { refresh } = useApp();
  const [kept, setKept] = useState(false);
  const said = useRef<HTMLParagraphElement>(null);
  const keep = async (wanted: ProfileChange) => {
    await bridge.changeProfile(profile.id, wanted);
    setKept(true);
    await refresh();
    // The button goes away with what it had to keep.
    said.current?.focus();
  };
  return (
    <div className="app-stack-tight">
      {change && (
        <div className="app-row">
          <ActionButton variant="secondary" data-testid="keep-tuning" onAct={() => keep(change)}>
            {t("token.tune.keep")}
          </ActionButton>
        </div>
      )}
      {change && <p className="app-small">{t("token.tune.keep_help")}</p>}
      <p role="status" ref={said} tabIndex={-1} className={change || !kept ? "app-hidden" : "app-small"}>
        {!change && kept ? t("token.tune.kept") : ""}
      </p>
    </div>
  );
}
