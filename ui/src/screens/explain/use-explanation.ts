import { useEffect, useRef, useState } from "react";
import { asFailure, useBridge } from "../../bridge/context";
import type { ExplainedFinding, Failure } from "../../bridge/wire";
import { useText } from "../../i18n/text";

/** Asks the program what a text tells, and again when the language changes. Forgets the text with the page. */
export function useExplanation() {
  const bridge = useBridge();
  const { language } = useText();
  const [findings, setFindings] = useState<ExplainedFinding[] | null>(null);
  /** Counts what was asked for: the same findings in another language are no new answer. */
  const [answers, setAnswers] = useState(0);
  /** Why they could not be had in another language. */
  const [failure, setFailure] = useState<Failure | null>(null);
  const asked = useRef<string | null>(null);
  const turn = useRef(0);

  const ask = async (text: string): Promise<ExplainedFinding[]> => {
    const mine = ++turn.current;
    setFailure(null);
    const { findings: found } = await bridge.explainText(text, language);
    if (mine === turn.current) {
      // A text with a private key is not kept for another language either.
      asked.current = found.some(({ gravity }) => gravity === "secret") ? null : text;
      setFindings(found);
      setAnswers((before) => before + 1);
    }
    return found;
  };
  const forget = () => {
    turn.current += 1;
    asked.current = null;
    setFindings(null);
    setFailure(null);
  };

  useEffect(() => {
    if (asked.current === null) return;
    const mine = ++turn.current;
    bridge.explainText(asked.current, language).then(
      ({ findings: found }) => mine === turn.current && (setFindings(found), setFailure(null)),
      (thrown: unknown) => mine === turn.current && setFailure(asFailure(thrown)),
    );
  }, [bridge, language]);

  useEffect(
    () => () => {
      turn.current += 1;
      asked.current = null;
    },
    [],
  );
  return { findings, answers, failure, ask, forget };
}
