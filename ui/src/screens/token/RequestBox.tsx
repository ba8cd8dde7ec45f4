import { Spinner } from "@digdir/designsystemet-react";
import { TokenIcon } from "@navikt/aksel-icons";
import type { Profile } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { useText } from "../../i18n/text";
import { RequestProgress } from "./RequestProgress";
import type { TokenDesk } from "./token-store";

/** The one big button, before there is anything to show. */
export function RequestBox({ profile, desk, onRequest }: { profile: Profile; desk: TokenDesk; onRequest: () => Promise<void> }) {
  const { t } = useText();
  const production = profile.environment === "production";
  const busy = desk.since !== null;
  return (
    <div className="app-request">
      <ActionButton
        className="app-request-button"
        data-size="lg"
        data-color={production ? "prod" : "accent"}
        data-requests-token
        data-testid="token-button"
        busy={busy}
        start={busy ? <Spinner aria-hidden data-size="xs" aria-label="" /> : <TokenIcon aria-hidden fontSize="1.75rem" />}
        onAct={onRequest}
      >
        {busy ? t("token.request.busy") : production ? t("token.request.button_production") : t("token.request.button")}
      </ActionButton>
      {!busy && <p className="app-request-hint">{MAC ? t("token.request.hint_mac") : t("token.request.hint")}</p>}
      <RequestProgress desk={desk} />
    </div>
  );
}

const MAC = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);
