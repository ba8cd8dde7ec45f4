import { useState } from "react";
import { useText } from "../../i18n/text";

/** Copies a secret, and says after how long the clipboard is cleared. */
export function useClearing(copy: () => Promise<number>): { said: string | null; run: () => Promise<void> } {
  const { t } = useText();
  const [seconds, setSeconds] = useState<number | null>(null);
  return {
    said: seconds === null ? null : t("files.password.clearing", { count: seconds }),
    run: async () => setSeconds(await copy()),
  };
}
