import { useRef, useState, type ReactNode } from "react";
import { useBridge } from "../../bridge/context";
import type { Foresight, Profile, TokenOptions } from "../../bridge/wire";
import type { TokenDesk } from "./token-store";
import { useAgreement } from "./use-agreement";

type Sending = {
  /** Sends, or asks first when something is foreseen. */
  request: () => Promise<void>;
  /** The same after a refusal: what is only likely has been seen, unless the request has changed since. */
  retry: () => Promise<void>;
  /** Whether the request is another than the one that was answered last. */
  changed: boolean;
  /** The question, while it is asked. */
  question: ReactNode;
};

type Wanted = {
  profile: Profile;
  options: TokenOptions;
  /** Tells why it cannot be sent; null when it can. */
  onFault: (() => void) | null;
  desk: TokenDesk;
};

/** A request that looks ahead: what is foreseen is asked about before it is sent, in production twice. */
export function useSending({ profile, options, onFault, desk }: Wanted): Sending {
  const bridge = useBridge();
  const agreed = useRef("");
  // Only while the page is open: it may name a person.
  const [sent, setSent] = useState<string | null>(null);
  const wanted = JSON.stringify(options);
  const production = profile.environment === "production";
  const { ask, question } = useAgreement(production);

  const send = async (anyway: boolean) => {
    setSent(wanted);
    await desk.request(anyway ? { ...options, anyway } : options);
  };

  const lookAhead = async (asksWarnings: boolean) => {
    if (onFault) {
      onFault();
      return;
    }
    // Asked anew: what is shown may be a moment old.
    const found = await bridge.foresee(profile.id, options).catch(() => []);
    const grave = found.filter(({ gravity }) => gravity === "stop" || (asksWarnings && gravity === "warning"));
    const known = !production && agreed.current === names(grave);
    if (grave.length === 0 || known) {
      await send(grave.length > 0);
      return;
    }
    ask(grave, async () => {
      agreed.current = names(grave);
      await send(true);
    });
  };

  return {
    request: () => lookAhead(true),
    retry: () => lookAhead(sent !== wanted),
    changed: (sent ?? UNCHANGED) !== wanted,
    question,
  };
}

function names(foresights: Foresight[]): string {
  return foresights.map(({ code, params }) => `${code} ${Object.values(params).join(" ")}`).join("\n");
}

/** The request of an oppsett as it is. */
const UNCHANGED = JSON.stringify({});
