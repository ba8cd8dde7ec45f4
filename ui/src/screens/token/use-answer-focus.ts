import { useEffect, useRef } from "react";

/** After an answer the focus goes to its heading, so that it is read: the error's, else the result's. */
export function useAnswerFocus(answers: number) {
  const seen = useRef(answers);
  useEffect(() => {
    if (seen.current === answers) return;
    seen.current = answers;
    document.querySelector<HTMLElement>("[data-answer-heading]")?.focus();
  }, [answers]);
}
