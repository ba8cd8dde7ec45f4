import { useState } from "react";
import { useBridge } from "../../bridge/context";
import { useHiddenWhenAway } from "../../components/use-hidden-when-away";

/** The token's text while the user wants to see it, and no longer. */
export type Reveal = { text: string | null; show: () => Promise<void>; hide: () => void };

/** Fetches the text on demand; forgets it when hidden, on another token, and when the window has been left for 30 s. */
export function useReveal(token: string): Reveal {
  const bridge = useBridge();
  const [shown, setShown] = useState<{ token: string; text: string } | null>(null);
  const text = shown?.token === token ? shown.text : null;
  useHiddenWhenAway(text !== null, () => setShown(null));

  return {
    text,
    show: async () => {
      // A token that expired this very moment is no longer shown, and the page says so by itself.
      const revealed = await bridge.revealToken(token).catch(() => null);
      setShown(revealed === null ? null : { token, text: revealed });
    },
    hide: () => setShown(null),
  };
}
