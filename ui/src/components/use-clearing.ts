import { useEffect, useState } from "react";
import { useText } from "../i18n/text";

/** Copies a secret, and says after how long the clipboard is cleared, until it has been. */
export function useClearing(copy: () => Promise<number>): { said: string | null; run: () => Promise<void> } {
  const { t } = useText();
  const [copied, setCopied] = useState<{ seconds: number } | null>(null);

  useEffect(() => {
    if (copied === null) return;
    const timer = setTimeout(() => setCopied(null), copied.seconds * 1000);
    return () => clearTimeout(timer);
  }, [copied]);

  return {
    said: copied && t("common.clearing", { count: copied.seconds }),
    run: async () => setCopied({ seconds: await copy() }),
  };
}
