import { useEffect, useRef } from "react";

/** After an answer the focus goes to its heading, so that it is read: the error's, else the result's. */
export function useAnswerFocus(answers: number) {
  const seen = useRef(answers);
  useEffect(() => {
    if (seen.current === answers) return;
    seen.current = answers;
    const heading = document.querySelector<HTMLElement>("[data-answer-heading]");
    heading?.focus({ preventScroll: true });
    heading?.closest("section, .ds-alert")?.scrollIntoView({ block: "nearest" });
  }, [answers]);
}
