import { useState, type ReactNode } from "react";
import { createPortal } from "react-dom";
import type { Foresight } from "../../bridge/wire";
import { SendAnyway } from "./SendAnyway";

type Agreement = {
  /** Asks whether to send what we foresee will not go well; `send` follows a yes. */
  ask: (foresights: Foresight[], send: () => Promise<void>) => void;
  /** The question, while it is asked. */
  question: ReactNode;
};

type Asked = { foresights: Foresight[]; send: () => Promise<void>; again: boolean };

/** The question before something is sent against advice; production asks twice. */
export function useAgreement(production: boolean): Agreement {
  const [asked, setAsked] = useState<Asked | null>(null);

  const agree = async ({ foresights, send, again }: Asked) => {
    if (production && !again) {
      setAsked({ foresights, send, again: true });
      return;
    }
    setAsked(null);
    await send();
  };

  return {
    ask: (foresights, send) => setAsked({ foresights, send, again: false }),
    // Beside the page: what it asks about stays where it is.
    question:
      asked &&
      createPortal(
        <SendAnyway
          key={String(asked.again)}
          foresights={asked.foresights}
          production={production}
          again={asked.again}
          onYes={() => agree(asked)}
          onNo={() => setAsked(null)}
        />,
        document.body,
      ),
  };
}
