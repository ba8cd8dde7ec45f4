import { useCallback, useEffect, useRef, useState } from "react";
import { useApp } from "../../app/app-state";
import { useBridge } from "../../bridge/context";
import type { Identity } from "../../bridge/wire";

/** The keys the program holds; null until it has answered. Why they could not be read is said at the top of the page. */
export function useIdentities(): { identities: Identity[] | null; reload: () => Promise<void> } {
  const bridge = useBridge();
  const [identities, setIdentities] = useState<Identity[] | null>(null);

  const { report } = useApp();
  const latest = useRef(report);
  latest.current = report;
  const reload = useCallback(async () => {
    try {
      setIdentities(await bridge.listIdentities());
    } catch (thrown) {
      setIdentities((before) => before ?? []);
      latest.current(thrown);
    }
  }, [bridge]);
  useEffect(() => void reload(), [reload]);

  return { identities, reload };
}
