import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { Bridge } from "../../bridge/bridge";
import { asFailure, useBridge } from "../../bridge/context";
import type { Failure, Token, TokenOptions } from "../../bridge/wire";
import { secondsNow } from "../../components/use-now";

/** What has become of the requests of one oppsett. Outlives the page, so that a token is still there on return. */
export type TokenState = {
  /** The last token; kept while a new one is fetched. Its text is not in it. */
  token: Token | null;
  failure: Failure | null;
  /** What the request that failed was sent with, and when the failure came, in seconds. */
  failed: { options: TokenOptions; at: number };
  /** How many times in a row the same failure came. */
  times: number;
  /** When the request in flight began, in seconds; null when none is. */
  since: number | null;
  cancelled: boolean;
  /** Counts the answers: each moves the focus to its heading. */
  answers: number;
};

export type TokenDesk = TokenState & {
  request: (options: TokenOptions) => Promise<void>;
  cancel: () => Promise<void>;
};

/** The requests of an oppsett: one at a time, and only its last answer counts. */
export function useTokenDesk(profile: string, onAnswer: () => Promise<void>): TokenDesk {
  const bridge = useBridge();
  const desk = useMemo(() => deskFor(bridge, profile), [bridge, profile]);
  const state = useSyncExternalStore(desk.subscribe, desk.read);
  useEffect(() => void desk.restore(), [desk]);
  return {
    ...state,
    request: async (options) => {
      if (await desk.request(options)) await onAnswer();
    },
    cancel: desk.cancel,
  };
}

function deskFor(bridge: Bridge, profile: string): Desk {
  const desks = all.get(bridge) ?? new Map<string, Desk>();
  all.set(bridge, desks);
  const desk = desks.get(profile) ?? makeDesk(bridge, profile);
  desks.set(profile, desk);
  return desk;
}

type Desk = ReturnType<typeof makeDesk>;

function makeDesk(bridge: Bridge, profile: string) {
  let state: TokenState = { token: null, failure: null, failed: { options: {}, at: 0 }, times: 0, since: null, cancelled: false, answers: 0 };
  let turn = 0;
  let restored = false;
  const listeners = new Set<() => void>();
  const change = (part: Partial<TokenState>) => {
    state = { ...state, ...part };
    listeners.forEach((listener) => listener());
  };

  return {
    read: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Answers whether there was an answer; a cancelled request has none. */
    request: async (options: TokenOptions) => {
      if (state.since !== null) return false;
      const mine = ++turn;
      change({ since: secondsNow(), cancelled: false });
      try {
        const token = await bridge.requestToken(profile, options);
        if (mine !== turn) return false;
        change({ token, failure: null, times: 0, since: null, answers: state.answers + 1 });
      } catch (thrown) {
        if (mine !== turn) return false;
        const failure = asFailure(thrown);
        const times = state.failure?.code === failure.code ? state.times + 1 : 1;
        change({ failure, failed: { options, at: secondsNow() }, times, since: null, answers: state.answers + 1 });
      }
      return true;
    },
    /** Once, before anything was asked for: a token that the program still holds need not be asked for again. */
    restore: async () => {
      if (restored || state.token !== null || state.failure !== null || state.since !== null) return;
      restored = true;
      const token = await bridge.currentToken(profile, {}).catch(() => null);
      if (token !== null && state.token === null && state.since === null) change({ token });
    },
    cancel: async () => {
      turn += 1;
      change({ since: null, cancelled: true });
      await bridge.cancelRequest().catch(() => undefined);
    },
  };
}

const all = new WeakMap<Bridge, Map<string, Desk>>();
