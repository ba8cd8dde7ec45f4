import { useEffect, useState } from "react";
import { ActionButton } from "../../components/ActionButton";
import { useText } from "../../i18n/text";
import type { TokenDesk } from "./token-store";

/** How the request goes: said once when it starts, again when it takes long, with a way out. */
export function RequestProgress({ desk }: { desk: TokenDesk }) {
  const { t } = useText();
  const slow = useSlow(desk.since);
  return (
    <div className="app-progress">
      <p role="status" className="app-progress-text">
        {desk.since !== null ? (slow ? t("token.request.slow") : t("token.request.working")) : desk.cancelled && t("token.request.cancelled")}
      </p>
      {slow && (
        <ActionButton variant="secondary" data-testid="cancel-request" onAct={desk.cancel}>
          {t("common.cancel")}
        </ActionButton>
      )}
    </div>
  );
}

/** True once a request has been under way for four seconds. */
function useSlow(since: number | null): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (since === null) return;
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, [since]);
  return slow && since !== null;
}

const SLOW_MS = 4000;
