import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { Bridge } from "../../bridge/bridge";
import { asFailure, useBridge } from "../../bridge/context";
import { makeStore, oneDesk } from "../../bridge/desk";
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

function makeDesk(bridge: Bridge, profile: string) {
  const store = makeStore<TokenState>({ token: null, failure: null, failed: { options: {}, at: 0 }, times: 0, since: null, cancelled: false, answers: 0 });
  let turn = 0;
  let restored = false;
  const change = (part: Partial<TokenState>) => store.change({ ...store.read(), ...part });

  return {
    read: store.read,
    subscribe: store.subscribe,
    /** Answers whether there was an answer; a cancelled request has none. */
    request: async (options: TokenOptions) => {
      if (store.read().since !== null) return false;
      const mine = ++turn;
      change({ since: secondsNow(), cancelled: false });
      try {
        const token = await bridge.requestToken(profile, options);
        if (mine !== turn) return false;
        change({ token, failure: null, times: 0, since: null, answers: store.read().answers + 1 });
      } catch (thrown) {
        if (mine !== turn) return false;
        const failure = asFailure(thrown);
        const times = store.read().failure?.code === failure.code ? store.read().times + 1 : 1;
        change({ failure, failed: { options, at: secondsNow() }, times, since: null, answers: store.read().answers + 1 });
      }
      return true;
    },
    /** Once, before anything was asked for: a token that the program still holds need not be asked for again. */
    restore: async () => {
      if (restored || store.read().token !== null || store.read().failure !== null || store.read().since !== null) return;
      restored = true;
      const token = await bridge.currentToken(profile, {}).catch(() => null);
      if (token !== null && store.read().token === null && store.read().since === null) change({ token });
    },
    cancel: async () => {
      turn += 1;
      change({ since: null, cancelled: true });
      await bridge.cancelRequest(profile).catch(() => undefined);
    },
  };
}

const deskFor = oneDesk(makeDesk);
