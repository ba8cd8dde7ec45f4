import { useEffect, useState } from "react";

/** The time in whole seconds since 1970, ticking with the clock while `running`. A clock that does not tick is read anew. */
export function useNow(running: boolean): number {
  const [now, setNow] = useState<number | null>(null);

  useEffect(() => {
    if (!running) return;
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      setNow(secondsNow());
      timer = setTimeout(tick, SECOND_MS - (Date.now() % SECOND_MS));
    };
    tick();
    return () => {
      clearTimeout(timer);
      setNow(null);
    };
  }, [running]);
  return now ?? secondsNow();
}

export function secondsNow(): number {
  return Math.floor(Date.now() / SECOND_MS);
}

const SECOND_MS = 1000;
