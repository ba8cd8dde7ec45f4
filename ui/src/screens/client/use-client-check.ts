import { useCallback, useEffect, useRef, useState } from "react";
import { useApp } from "../../app/app-state";
import { asFailure, useBridge } from "../../bridge/context";
import type { Failure } from "../../bridge/wire";
import { secondsNow } from "../../components/use-now";

/** How the check of a client id goes. */
export type ClientCheckState =
  | { kind: "idle" }
  | { kind: "checking"; clientId: string }
  /** Maskinporten does not know the client yet: asked again at `nextAt`, given up at `until`; seconds since 1970. */
  | { kind: "waiting"; clientId: string; nextAt: number; until: number; failure: Failure; asking: boolean }
  | { kind: "works"; clientId: string }
  | { kind: "failed"; clientId: string; failure: Failure; at: number; times: number };

export type ClientCheck = {
  state: ClientCheckState;
  check: (clientId: string) => Promise<void>;
  /** Gives up waiting, and says why it did not work. */
  stop: () => void;
};

/**
 * Checks a client id with a real token request.
 * A new client takes some minutes to be known, so the first MP-100 is waited out: every 15 s for three minutes.
 */
export function useClientCheck(profile: string): ClientCheck {
  const bridge = useBridge();
  const { refresh, report } = useApp();
  const latest = useRef(report);
  latest.current = report;
  const [state, setState] = useState<ClientCheckState>({ kind: "idle" });
  const turn = useRef(0);
  // Client ids that were waited for once on this page: not again.
  const waitedOut = useRef(new Set<string>());

  const ask = useCallback(
    async (clientId: string): Promise<Failure | null> => {
      const answer = await bridge.checkClient(profile, clientId).then(
        ({ works, failure }) => (works ? null : (failure ?? UNKNOWN)),
        asFailure,
      );
      // The program keeps every client id that Maskinporten knows, whether or not anybody still waits for the answer.
      await refresh().catch(latest.current);
      return answer;
    },
    [bridge, profile, refresh],
  );

  const settle = useCallback((clientId: string, failure: Failure | null) => {
    if (failure === null) return setState({ kind: "works", clientId });
    setState((last) => ({ kind: "failed", clientId, failure, at: secondsNow(), times: timesOf(last, clientId, failure) }));
  }, []);

  const check = useCallback(
    async (clientId: string) => {
      const mine = ++turn.current;
      setState((last) => (last.kind === "failed" ? last : { kind: "checking", clientId }));
      const failure = await ask(clientId);
      if (mine !== turn.current) return;
      if (failure?.code !== NOT_KNOWN || waitedOut.current.has(clientId)) return settle(clientId, failure);
      const now = secondsNow();
      setState({ kind: "waiting", clientId, nextAt: now + EVERY_S, until: now + GIVE_UP_S, failure, asking: false });
    },
    [ask, settle],
  );

  useEffect(() => {
    if (state.kind !== "waiting" || state.asking) return;
    const { clientId, until } = state;
    const timer = setTimeout(
      async () => {
        const mine = turn.current;
        setState({ ...state, asking: true });
        const failure = await ask(clientId);
        if (mine !== turn.current) return;
        const now = secondsNow();
        if (failure?.code === NOT_KNOWN && now < until) {
          setState({ ...state, nextAt: now + EVERY_S, asking: false });
        } else {
          waitedOut.current.add(clientId);
          settle(clientId, failure);
        }
      },
      Math.max(0, state.nextAt - secondsNow()) * 1000,
    );
    return () => clearTimeout(timer);
  }, [state, ask, settle]);

  // A page that is left asks no more.
  useEffect(() => () => void (turn.current += 1), []);

  const stop = useCallback(() => {
    turn.current += 1;
    setState((last) => {
      if (last.kind !== "waiting") return last;
      waitedOut.current.add(last.clientId);
      return { kind: "failed", clientId: last.clientId, failure: last.failure, at: secondsNow(), times: 1 };
    });
  }, []);
  return { state, check, stop };
}

function timesOf(last: ClientCheckState, clientId: string, failure: Failure): number {
  return last.kind === "failed" && last.clientId === clientId && last.failure.code === failure.code ? last.times + 1 : 1;
}

const NOT_KNOWN = "mp_100";
const EVERY_S = 15;
const GIVE_UP_S = 180;
const UNKNOWN: Failure = { code: "refusal_unknown", params: {}, detail: null };
