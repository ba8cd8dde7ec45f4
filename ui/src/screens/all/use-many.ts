import { useMemo, useSyncExternalStore } from "react";
import type { Bridge } from "../../bridge/bridge";
import { asFailure, useBridge } from "../../bridge/context";
import { makeStore, oneDesk } from "../../bridge/desk";
import type { Failure, ManyEnd, ManyRow } from "../../bridge/wire";

export type Many = {
  /** The outcomes so far, in the order of the list. */
  rows: ManyRow[];
  /** How many are asked for; null before the first time. */
  all: number | null;
  running: boolean;
  end: ManyEnd | null;
  failure: Failure | null;
};

export type ManyDesk = Many & {
  run: (consumers: string[], anyway: boolean) => Promise<void>;
  stop: () => Promise<void>;
};

/** Many requests of one oppsett. Outlives the page: they go on while the user looks at another. */
export function useMany(profile: string): ManyDesk {
  const bridge = useBridge();
  const desk = useMemo(() => deskFor(bridge, profile), [bridge, profile]);
  const state = useSyncExternalStore(desk.subscribe, desk.read);
  return { ...state, run: desk.run, stop: () => bridge.cancelRequestForAll(profile) };
}

function makeDesk(bridge: Bridge, profile: string) {
  const store = makeStore<Many>({ rows: [], all: null, running: false, end: null, failure: null });
  const change = (part: Partial<Many>) => store.change({ ...store.read(), ...part });
  bridge.onManyRow((row) => {
    if (row.profile !== profile) return;
    change({ rows: [...store.read().rows, row].sort((one, other) => one.index - other.index) });
  });
  return {
    read: store.read,
    subscribe: store.subscribe,
    run: async (consumers: string[], anyway: boolean) => {
      if (store.read().running) return;
      change({ rows: [], all: consumers.length, running: true, end: null, failure: null });
      try {
        change({ end: await bridge.requestForAll(profile, consumers, anyway), running: false });
      } catch (thrown) {
        change({ failure: asFailure(thrown), running: false });
      }
    },
  };
}

const deskFor = oneDesk(makeDesk);
