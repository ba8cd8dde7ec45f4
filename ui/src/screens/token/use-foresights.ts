import { useEffect, useState } from "react";
import { useBridge } from "../../bridge/context";
import type { Foresight, TokenOptions } from "../../bridge/wire";

type Asked = {
  /** Id of the oppsett. */
  profile: string;
  options: TokenOptions;
  /** False while a field that is typed in cannot be sent: it says so itself. */
  readable: boolean;
  /** How many answers have come: each may have told something new. */
  answers: number;
};

/** What the program foresees of a request as it stands; asked again a moment after it changes. */
export function useForesights({ profile, options, readable, answers }: Asked): Foresight[] {
  const bridge = useBridge();
  const [foresights, setForesights] = useState<Foresight[]>([]);
  const wanted = JSON.stringify(options);

  useEffect(() => {
    if (!readable) {
      setForesights([]);
      return;
    }
    let here = true;
    const ask = async () => {
      // A key that is not here is told when the button is pressed.
      const found = await bridge.foresee(profile, JSON.parse(wanted) as TokenOptions).catch(() => []);
      if (here) setForesights(found);
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [bridge, profile, wanted, readable, answers]);

  return foresights;
}

/** Long enough to type the next letter. */
const PAUSE_MS = 250;
