import type { Bridge } from "./bridge";

export type Store<S> = {
  read: () => S;
  change: (now: S) => void;
  subscribe: (listener: () => void) => () => void;
};

/** A value that outlives the page, and those who are told when it changes. */
export function makeStore<S>(first: S): Store<S> {
  let state = first;
  const listeners = new Set<() => void>();
  return {
    read: () => state,
    change: (now) => {
      state = now;
      listeners.forEach((listener) => listener());
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** One desk for each program and key, made when it is first asked for. */
export function oneDesk<D>(make: (bridge: Bridge, key: string) => D): (bridge: Bridge, key: string) => D {
  const all = new WeakMap<Bridge, Map<string, D>>();
  return (bridge, key) => {
    const desks = all.get(bridge) ?? new Map<string, D>();
    all.set(bridge, desks);
    const desk = desks.get(key) ?? make(bridge, key);
    desks.set(key, desk);
    return desk;
  };
}
