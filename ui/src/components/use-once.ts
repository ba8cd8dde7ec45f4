import { useCallback, useRef, useState } from "react";

/**
 * Runs an action once at a time: a second press while the first is in flight does nothing.
 * `busy` belongs on the button, which then says so to assistive technology.
 */
export function useOnce<A extends unknown[]>(action: (...args: A) => Promise<unknown> | void) {
  const flying = useRef(false);
  const latest = useRef(action);
  latest.current = action;
  const [busy, setBusy] = useState(false);

  const run = useCallback((...args: A) => {
    if (flying.current) return;
    flying.current = true;
    setBusy(true);
    void Promise.resolve(latest.current(...args)).finally(() => {
      flying.current = false;
      setBusy(false);
    });
  }, []);
  return { run, busy };
}
