import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { Bridge } from "../bridge/bridge";
import { useBridge } from "../bridge/context";
import { makeStore, oneDesk } from "../bridge/desk";
import type { ServedEndpoint } from "../bridge/wire";

export type Serving = {
  /** The local token address that is on; null when none is. */
  served: ServedEndpoint | null;
  start: (profile: string) => Promise<void>;
  stop: () => Promise<void>;
};

/** The local token address: one for the whole window, whichever page turned it on. */
export function useServing(): Serving {
  const bridge = useBridge();
  const desk = useMemo(() => deskFor(bridge, "serving"), [bridge]);
  const served = useSyncExternalStore(desk.subscribe, desk.read);
  useEffect(() => void desk.ask(), [desk]);
  return { served, start: desk.start, stop: desk.stop };
}

function makeDesk(bridge: Bridge) {
  const { read, change, subscribe } = makeStore<ServedEndpoint | null>(null);
  let asked = false;
  return {
    read,
    subscribe,
    /** Once: a page that is loaded anew must still show what is on. */
    ask: async () => {
      if (asked) return;
      asked = true;
      const now = await bridge.servedEndpoint().catch(() => null);
      if (now !== null) change(now);
    },
    start: async (profile: string) => change(await bridge.startServing(profile)),
    stop: async () => {
      await bridge.stopServing();
      change(null);
    },
  };
}

const deskFor = oneDesk(makeDesk);
