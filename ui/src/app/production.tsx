import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from "react";
import type { EnvironmentName, Profile } from "../bridge/wire";
import { ProductionDialog } from "../shell/ProductionDialog";
import { useApp } from "./app-state";

export type Production = {
  /** True when production may be used: confirmed before in this session, or now. */
  ask: () => Promise<boolean>;
  /** Makes an oppsett the active one; one in production only after the confirmation. False when the user stayed. */
  open: (profile: Profile) => Promise<boolean>;
};

export function useProduction(): Production {
  const production = useContext(ProductionContext);
  if (!production) throw new Error("no production gate given");
  return production;
}

/**
 * Stands between the user and production. Whatever way an unconfirmed oppsett in production
 * became the active one, the dialog is open until it is confirmed or left.
 */
export function ProductionGate({ children }: { children: ReactNode }) {
  const { profile, profiles, productionConfirmed, confirmProduction, activate, route, go } = useApp();
  const [asking, setAsking] = useState(false);
  const answer = useRef<(yes: boolean) => void>(() => undefined);

  const ask = useCallback(() => {
    if (productionConfirmed) return Promise.resolve(true);
    setAsking(true);
    return new Promise<boolean>((resolve) => {
      answer.current = resolve;
    });
  }, [productionConfirmed]);

  const open = useCallback(
    async (wanted: Profile) => {
      if (wanted.environment === "production" && !(await ask())) return false;
      await activate(wanted.id);
      if (!STAYS.includes(route.path)) go({ path: "/" });
      return true;
    },
    [ask, activate, route.path, go],
  );

  const unconfirmed = profile?.environment === "production" && !productionConfirmed && route.path !== "/velkommen";
  const safe = unconfirmed ? profiles.find(({ environment }) => environment !== "production") : profile;
  const stay: EnvironmentName | "here" | "nowhere" = safe?.environment ?? (unconfirmed && !safe ? "nowhere" : "here");

  const shown = asking || unconfirmed;

  const confirm = async () => {
    await confirmProduction();
    setAsking(false);
    answer.current(true);
  };
  const leave = async () => {
    setAsking(false);
    answer.current(false);
    if (!unconfirmed) return;
    if (safe) await activate(safe.id);
    else go({ path: "/velkommen" });
  };

  const production = useMemo(() => ({ ask, open }), [ask, open]);
  return (
    <ProductionContext value={production}>
      {children}
      {shown && <ProductionDialog stay={stay} onConfirm={confirm} onLeave={leave} />}
    </ProductionContext>
  );
}

const ProductionContext = createContext<Production | null>(null);

/** Areas where changing the oppsett keeps the page. */
const STAYS = ["/", "/oppsett", "/token", "/token/alle", "/sertifikater", "/klient", "/hjelp/lim-inn", "/innstillinger"];
