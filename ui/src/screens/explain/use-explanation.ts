import { useEffect, useRef, useState } from "react";
import { useBridge } from "../../bridge/context";
import type { ExplainedFinding } from "../../bridge/wire";
import { useText } from "../../i18n/text";

/** Asks the program what a text tells, and again when the language changes. Forgets the text with the page. */
export function useExplanation() {
  const bridge = useBridge();
  const { language } = useText();
  const [findings, setFindings] = useState<ExplainedFinding[] | null>(null);
  const asked = useRef<string | null>(null);
  const turn = useRef(0);

  const ask = async (text: string): Promise<ExplainedFinding[]> => {
    const mine = ++turn.current;
    const { findings: found } = await bridge.explainText(text, language);
    if (mine === turn.current) {
      // A text with a private key is not kept for another language either.
      asked.current = found.some(({ gravity }) => gravity === "secret") ? null : text;
      setFindings(found);
    }
    return found;
  };
  const forget = () => {
    turn.current += 1;
    asked.current = null;
    setFindings(null);
  };

  useEffect(() => {
    if (asked.current === null) return;
    const mine = ++turn.current;
    void bridge.explainText(asked.current, language).then(({ findings: found }) => {
      if (mine === turn.current) setFindings(found);
    });
  }, [bridge, language]);

  useEffect(
    () => () => {
      turn.current += 1;
      asked.current = null;
    },
    [],
  );
  return { findings, ask, forget };
}
