import { useEffect, useState } from "react";
import { useBridge } from "../../bridge/context";
import type { PublicKeyTexts } from "../../bridge/wire";

/** The public half of a key, as self-service takes it; null until the program has answered. */
export function usePublicKey(id: string): PublicKeyTexts | null {
  const bridge = useBridge();
  const [texts, setTexts] = useState<PublicKeyTexts | null>(null);
  useEffect(() => {
    let wanted = true;
    bridge.publicKeyOf(id).then(
      (read) => wanted && setTexts(read),
      () => wanted && setTexts(null),
    );
    return () => {
      wanted = false;
    };
  }, [bridge, id]);
  return texts;
}
