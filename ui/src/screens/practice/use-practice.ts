import { useCallback, useEffect, useRef, useState } from "react";
import { asFailure, useBridge } from "../../bridge/context";
import type { Failure, PracticeView } from "../../bridge/wire";

export type PracticeState = {
  /** Null until the program has answered. */
  view: PracticeView | null;
  failure: Failure | null;
  switchTo: (scenarios: string[]) => Promise<void>;
  forget: () => Promise<void>;
};

/** What the practice Maskinporten tells, asked for again every other second: other programs may be practising too. */
export function usePractice(): PracticeState {
  const bridge = useBridge();
  const [view, setView] = useState<PracticeView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  // What was asked for before a change, or while it was made, tells of how it was.
  const changes = useRef(0);
  useEffect(() => {
    let here = true;
    const ask = () => {
      const before = changes.current;
      const wanted = () => here && before === changes.current;
      return bridge.practiceView().then(
        (answer) => wanted() && (setView(answer), setFailure(null)),
        (thrown: unknown) => wanted() && setFailure(asFailure(thrown)),
      );
    };
    void ask();
    const turns = setInterval(() => void ask(), ASK_MS);
    return () => {
      here = false;
      clearInterval(turns);
    };
  }, [bridge]);

  const change = useCallback(async (make: () => Promise<PracticeView>) => {
    changes.current += 1;
    const made = await make().finally(() => (changes.current += 1));
    setView(made);
  }, []);
  const switchTo = useCallback((scenarios: string[]) => change(() => bridge.switchScenarios(scenarios)), [bridge, change]);
  const forget = useCallback(() => change(() => bridge.forgetRequests()), [bridge, change]);
  return { view, failure, switchTo, forget };
}

const ASK_MS = 2000;
