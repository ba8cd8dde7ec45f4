import { useEffect, useState } from "react";
import { useBridge } from "../../bridge/context";
import type { Foresight } from "../../bridge/wire";

/** What the program foresees for a list of customers, each thing once; asked again a moment after the list changes. */
export function useForesightsForAll(profile: string, text: string, complete: boolean): Foresight[] {
  const bridge = useBridge();
  const [foresights, setForesights] = useState<Foresight[]>([]);

  useEffect(() => {
    if (!complete) return;
    let here = true;
    const ask = async () => {
      const found = await foreseeForAll();
      if (here) setForesights(found);
    };
    const foreseeForAll = async () => {
      // A list that is too long is told when the button is pressed.
      const read = await bridge.readConsumers(text).catch(() => null);
      if (!read || read.consumers.length === 0) return [];
      return bridge.foreseeForAll(profile, read.consumers).catch(() => []);
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [bridge, profile, text, complete]);

  return foresights;
}

/** Long enough to type the next letter. */
const PAUSE_MS = 250;
