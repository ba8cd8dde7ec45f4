import { Paragraph } from "@digdir/designsystemet-react";
import { useEffect, useState } from "react";
import { useBridge } from "../../bridge/context";
import { ActionButton } from "../../components/ActionButton";
import { useText } from "../../i18n/text";

/** A sign of life while a file that takes long is opened, and the way out. Nothing is said of one that opens at once. */
export function OpeningProgress({ handle, opening }: { handle: string; opening: boolean }) {
  const { t } = useText();
  const bridge = useBridge();
  const percent = useProgress(handle, opening);
  return (
    <div role="status" className="app-status">
      {percent !== null && (
        <div className="app-opening" data-testid="opening">
          <p className="app-alert-title">{t("certificate.password.opening")}</p>
          <Paragraph>{t("certificate.password.opening_text")}</Paragraph>
          <progress className="app-opening-bar" max={100} value={percent} aria-label={t("certificate.password.opening_progress")} />
          <ActionButton variant="secondary" data-color="neutral" data-testid="cancel-opening" onAct={() => bridge.cancelOpening(handle)}>
            {t("common.cancel")}
          </ActionButton>
        </div>
      )}
    </div>
  );
}

/** How far the program has come, asked for after a second and then four times a second; null before that. */
function useProgress(handle: string, opening: boolean): number | null {
  const bridge = useBridge();
  const [percent, setPercent] = useState<number | null>(null);
  useEffect(() => {
    if (!opening) return;
    let alive = true;
    const ask = async () => {
      const come = await bridge.openingProgress(handle).catch(() => null);
      if (!alive) return;
      setPercent((before) => come ?? before ?? 0);
      timer = setTimeout(ask, EVERY_MS);
    };
    let timer = setTimeout(ask, SILENT_MS);
    return () => {
      alive = false;
      clearTimeout(timer);
      setPercent(null);
    };
  }, [bridge, handle, opening]);
  return percent;
}

const SILENT_MS = 1000;
const EVERY_MS = 250;
