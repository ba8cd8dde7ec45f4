import { useCallback, useRef, useState } from "react";
import { asFailure } from "../bridge/context";
import type { Failure } from "../bridge/wire";

export type Once<A extends unknown[]> = {
  /** Never rejects: `failure` says why it failed. */
  run: (...args: A) => Promise<void>;
  /** In flight: belongs on the button, which then says so to assistive technology. */
  busy: boolean;
  /** Why the last run failed; null while it runs, and when it did not. */
  failure: Failure | null;
};

/** Runs an action once at a time: a second press while the first is in flight does nothing. */
export function useOnce<A extends unknown[]>(action: (...args: A) => Promise<unknown> | void): Once<A> {
  const flying = useRef(false);
  const latest = useRef(action);
  latest.current = action;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  const run = useCallback(async (...args: A) => {
    if (flying.current) return;
    flying.current = true;
    setBusy(true);
    setFailure(null);
    try {
      await latest.current(...args);
    } catch (thrown) {
      setFailure(asFailure(thrown));
    } finally {
      flying.current = false;
      setBusy(false);
    }
  }, []);
  return { run, busy, failure };
}
