import { createContext, useContext } from "react";
import type { Bridge } from "./bridge";
import type { Failure } from "./wire";

const BridgeContext = createContext<Bridge | null>(null);

/** Gives every screen the bridge: the real one, or a fake one in tests and fixtures. */
export const BridgeProvider = BridgeContext.Provider;

export function useBridge(): Bridge {
  const bridge = useContext(BridgeContext);
  if (!bridge) throw new Error("no bridge given");
  return bridge;
}

/** What a rejected command threw, as a Failure; anything else becomes `unknown`. */
export function asFailure(thrown: unknown): Failure {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown) {
    const { code, params, detail } = thrown as Partial<Failure>;
    return { code: String(code), params: params ?? {}, detail: detail ?? null };
  }
  return { code: "unknown", params: { message: String(thrown) }, detail: null };
}
