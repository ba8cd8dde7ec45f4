import { useEffect, useState } from "react";

/** The time in whole seconds since 1970, ticking with the clock while `running`. */
export function useNow(running: boolean): number {
  const [now, setNow] = useState(secondsNow);

  useEffect(() => {
    if (!running) return;
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      setNow(secondsNow());
      timer = setTimeout(tick, SECOND_MS - (Date.now() % SECOND_MS));
    };
    tick();
    return () => clearTimeout(timer);
  }, [running]);
  return now;
}

export function secondsNow(): number {
  return Math.floor(Date.now() / SECOND_MS);
}

const SECOND_MS = 1000;
