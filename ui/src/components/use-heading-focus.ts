import { useEffect, useRef } from "react";

/** When the page becomes another page, its heading is read; not where the new one takes the focus itself. */
export function useHeadingFocus(view: string, takesItself?: string) {
  const last = useRef(view);
  useEffect(() => {
    if (last.current === view) return;
    last.current = view;
    if (view !== takesItself) document.querySelector<HTMLElement>("main h1")?.focus();
  }, [view, takesItself]);
}
