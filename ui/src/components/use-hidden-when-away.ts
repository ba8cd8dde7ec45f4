import { useEffect, useRef } from "react";

/** Hides a secret that is shown once the window has been left for 30 s. */
export function useHiddenWhenAway(shown: boolean, hide: () => void) {
  const latest = useRef(hide);
  latest.current = hide;
  useEffect(() => {
    if (!shown) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const left = () => {
      clearTimeout(timer);
      timer = setTimeout(() => latest.current(), AWAY_MS);
    };
    const back = () => clearTimeout(timer);
    window.addEventListener("blur", left);
    window.addEventListener("focus", back);
    return () => {
      back();
      window.removeEventListener("blur", left);
      window.removeEventListener("focus", back);
    };
  }, [shown]);
}

const AWAY_MS = 30_000;
