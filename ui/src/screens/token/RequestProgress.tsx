import { useEffect, useState } from "react";
import { ActionButton } from "../../components/ActionButton";
import { useBridge } from "../../bridge/context";
import { useText } from "../../i18n/text";
import type { TokenDesk } from "./token-store";

/** How the request goes: said once when it starts, again when it takes long, with a way out. */
export function RequestProgress({ desk }: { desk: TokenDesk }) {
  const { t } = useText();
  const slow = useSlow(desk.since);
  const tried = useTries(desk.since);
  return (
    <div className="app-progress">
      <p role="status" className="app-progress-text">
        {desk.since === null
          ? desk.cancelled && t("token.request.cancelled")
          : tried
            ? t("token.request.again", tried)
            : slow
              ? t("token.request.slow")
              : t("token.request.working")}
      </p>
      {(slow || tried !== null) && (
        <ActionButton variant="secondary" data-testid="cancel-request" onAct={desk.cancel}>
          {t("common.cancel")}
        </ActionButton>
      )}
    </div>
  );
}

/** The new try of the request under way; null as long as it is the first. */
function useTries(since: number | null): { number: number; of: number } | null {
  const bridge = useBridge();
  const [tried, setTried] = useState<{ number: number; of: number } | null>(null);
  useEffect(() => {
    setTried(null);
    if (since === null) return;
    return bridge.onTryingAgain(setTried);
  }, [bridge, since]);
  return since === null ? null : tried;
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
