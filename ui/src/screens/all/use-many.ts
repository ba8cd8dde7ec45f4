import { useMemo, useSyncExternalStore } from "react";
import type { Bridge } from "../../bridge/bridge";
import { asFailure, useBridge } from "../../bridge/context";
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
  run: (consumers: string[]) => Promise<void>;
  stop: () => Promise<void>;
};

/** Many requests of one oppsett. Outlives the page: they go on while the user looks at another. */
export function useMany(profile: string): ManyDesk {
  const bridge = useBridge();
  const desk = useMemo(() => deskFor(bridge, profile), [bridge, profile]);
  const state = useSyncExternalStore(desk.subscribe, desk.read);
  return { ...state, run: desk.run, stop: () => bridge.cancelRequest() };
}

type Desk = ReturnType<typeof makeDesk>;

function deskFor(bridge: Bridge, profile: string): Desk {
  const desks = all.get(bridge) ?? new Map<string, Desk>();
  all.set(bridge, desks);
  const desk = desks.get(profile) ?? makeDesk(bridge, profile);
  desks.set(profile, desk);
  return desk;
}

function makeDesk(bridge: Bridge, profile: string) {
  let state: Many = { rows: [], all: null, running: false, end: null, failure: null };
  const listeners = new Set<() => void>();
  const change = (part: Partial<Many>) => {
    state = { ...state, ...part };
    listeners.forEach((listener) => listener());
  };
  bridge.onManyRow((row) => {
    if (row.profile !== profile) return;
    change({ rows: [...state.rows, row].sort((one, other) => one.index - other.index) });
  });
  return {
    read: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    run: async (consumers: string[]) => {
      if (state.running) return;
      change({ rows: [], all: consumers.length, running: true, end: null, failure: null });
      try {
        change({ end: await bridge.requestForAll(profile, consumers), running: false });
      } catch (thrown) {
        change({ failure: asFailure(thrown), running: false });
      }
    },
  };
}

const all = new WeakMap<Bridge, Map<string, Desk>>();
