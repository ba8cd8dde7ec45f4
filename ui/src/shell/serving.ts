import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { Bridge } from "../bridge/bridge";
import { useBridge } from "../bridge/context";
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
  const desk = useMemo(() => deskFor(bridge), [bridge]);
  const served = useSyncExternalStore(desk.subscribe, desk.read);
  useEffect(() => void desk.ask(), [desk]);
  return { served, start: desk.start, stop: desk.stop };
}

type Desk = ReturnType<typeof makeDesk>;

function deskFor(bridge: Bridge): Desk {
  const desk = all.get(bridge) ?? makeDesk(bridge);
  all.set(bridge, desk);
  return desk;
}

function makeDesk(bridge: Bridge) {
  let served: ServedEndpoint | null = null;
  let asked = false;
  const listeners = new Set<() => void>();
  const change = (now: ServedEndpoint | null) => {
    served = now;
    listeners.forEach((listener) => listener());
  };
  return {
    read: () => served,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
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

const all = new WeakMap<Bridge, Desk>();
