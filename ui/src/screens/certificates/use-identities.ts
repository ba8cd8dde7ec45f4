import { useCallback, useEffect, useState } from "react";
import { useBridge } from "../../bridge/context";
import type { Identity } from "../../bridge/wire";

/** The keys the program holds; null until it has answered. */
export function useIdentities(): { identities: Identity[] | null; reload: () => Promise<void> } {
  const bridge = useBridge();
  const [identities, setIdentities] = useState<Identity[] | null>(null);

  const reload = useCallback(async () => {
    setIdentities(await bridge.listIdentities().catch(() => []));
  }, [bridge]);
  useEffect(() => void reload(), [reload]);

  return { identities, reload };
}
