import { useEffect, useState } from "react";
import { useBridge } from "../../bridge/context";

/** The token's text while the user wants to see it, and no longer. */
export type Reveal = { text: string | null; show: () => Promise<void>; hide: () => void };

/** Fetches the text on demand; forgets it when hidden, on another token, and when the window has been left for 30 s. */
export function useReveal(token: string): Reveal {
  const bridge = useBridge();
  const [shown, setShown] = useState<{ token: string; text: string } | null>(null);
  const text = shown?.token === token ? shown.text : null;

  useEffect(() => {
    if (text === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const left = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setShown(null), AWAY_MS);
    };
    const back = () => clearTimeout(timer);
    window.addEventListener("blur", left);
    window.addEventListener("focus", back);
    return () => {
      back();
      window.removeEventListener("blur", left);
      window.removeEventListener("focus", back);
    };
  }, [text]);

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

const AWAY_MS = 30_000;
