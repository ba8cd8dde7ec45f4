import { useCallback, useEffect, useState } from "react";
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

  useEffect(() => {
    let wanted = true;
    const ask = () =>
      bridge.practiceView().then(
        (answer) => wanted && (setView(answer), setFailure(null)),
        (thrown: unknown) => wanted && setFailure(asFailure(thrown)),
      );
    void ask();
    const turns = setInterval(() => void ask(), ASK_MS);
    return () => {
      wanted = false;
      clearInterval(turns);
    };
  }, [bridge]);

  const switchTo = useCallback(async (scenarios: string[]) => setView(await bridge.switchScenarios(scenarios)), [bridge]);
  const forget = useCallback(async () => setView(await bridge.forgetRequests()), [bridge]);
  return { view, failure, switchTo, forget };
}

const ASK_MS = 2000;
