import { useCallback, useMemo, useState } from "react";
import type { Route } from "./route";

/** Where the user is and how to move: an in-memory history with back and forward. */
export type History = {
  route: Route;
  /** Counts every move, so that going to the same page again also moves the focus. */
  moves: number;
  go: (route: Pick<Route, "path"> & Partial<Route>) => void;
  back: () => void;
  forward: () => void;
};

export function useHistory(first: Route): History {
  const [trail, setTrail] = useState({ routes: [first], at: 0, moves: 0 });

  const go = useCallback((to: Pick<Route, "path"> & Partial<Route>) => {
    setTrail(({ routes, at, moves }) => ({
      routes: [...routes.slice(0, at + 1), { mode: "area" as const, ...to }],
      at: at + 1,
      moves: moves + 1,
    }));
  }, []);
  const step = useCallback((by: number) => {
    setTrail((trail) =>
      trail.routes[trail.at + by] ? { ...trail, at: trail.at + by, moves: trail.moves + 1 } : trail,
    );
  }, []);
  const back = useCallback(() => step(-1), [step]);
  const forward = useCallback(() => step(1), [step]);

  const route = trail.routes[trail.at] ?? first;
  return useMemo(() => ({ route, moves: trail.moves, go, back, forward }), [route, trail.moves, go, back, forward]);
}
