import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { asFailure, useBridge } from "../bridge/context";
import type { Failure, Profile, Road, Settings, Start } from "../bridge/wire";
import { settingsOfTheSystem } from "./first-settings";
import { useHistory, type History } from "./history";
import type { Path, Route } from "./route";

/** What every screen knows: what the program answered last, and where the user is. */
export type AppState = History & {
  start: Start;
  settings: Settings;
  profiles: Profile[];
  /** The active oppsett; null before the first one is made. */
  profile: Profile | null;
  /** The eight steps of the active oppsett. */
  road: Road | null;
  productionConfirmed: boolean;
  /** What a menu or the start could not do; the page says it at the top until the next move. */
  problem: Failure | null;
  report: (thrown: unknown) => void;
  /** Asks the program again: call it after every command that changes something. */
  refresh: () => Promise<void>;
  /** Makes an oppsett the active one. Production must be confirmed first: `useProduction`. */
  activate: (id: string) => Promise<void>;
  saveSettings: (change: Partial<Settings>) => Promise<void>;
  confirmProduction: () => Promise<void>;
};

export function useApp(): AppState {
  const app = useContext(AppContext);
  if (!app) throw new Error("no app state given");
  return app;
}

/** The active oppsett, on pages that cannot be reached without one. */
export function useProfile(): Profile {
  const { profile } = useApp();
  if (!profile) throw new Error("no active profile");
  return profile;
}

export function AppProvider({ start, route, children }: { start: Start; route?: Route; children: ReactNode }) {
  const bridge = useBridge();
  const [settings, setSettings] = useState(() => start.settings ?? settingsOfTheSystem(navigator.language));
  const [profiles, setProfiles] = useState(start.profiles);
  const [active, setActive] = useState(start.active);
  const [road, setRoad] = useState<Road | null>(null);
  const [productionConfirmed, setConfirmed] = useState(start.production_confirmed);
  const [problem, setProblem] = useState<{ failure: Failure; moves: number } | null>(null);
  const history = useHistory(route ?? firstRoute(start));

  // What the window is on its way to: a page that asked before the user moved on must not move them back.
  const heading = useRef({ active: start.active, asked: 0, shown: 0 });

  // One answer of the program at a time: the list, then the road of the active one.
  const read = useCallback(async () => {
    const { current } = heading;
    const wanted = current.active;
    const mine = ++current.asked;
    const list = await bridge.listProfiles();
    const now = list.some((profile) => profile.id === wanted) ? wanted : null;
    const steps = now ? await bridge.road(now) : null;
    if (wanted !== current.active || mine < current.shown) return;
    current.shown = mine;
    current.active = now;
    setProfiles(list);
    setActive(now);
    setRoad(steps);
  }, [bridge]);

  const activate = useCallback(
    async (id: string) => {
      await bridge.activateProfile(id);
      heading.current.active = id;
      await read();
    },
    [bridge, read],
  );
  const chosen = useRef(settings);
  const saveSettings = useCallback(
    async (change: Partial<Settings>) => {
      const wanted = { ...chosen.current, ...change };
      chosen.current = wanted;
      setSettings(wanted);
      // A choice that cannot be stored still holds until the window closes.
      const kept = await bridge.saveSettings(wanted).catch(() => wanted);
      if (chosen.current !== wanted) return;
      chosen.current = kept;
      setSettings(kept);
    },
    [bridge],
  );
  const confirmProduction = useCallback(async () => {
    await bridge.confirmProduction();
    setConfirmed(true);
  }, [bridge]);

  const { moves } = history;
  const report = useCallback((thrown: unknown) => setProblem({ failure: asFailure(thrown), moves }), [moves]);

  const reportFirst = useRef(report);
  useEffect(() => {
    read().catch(reportFirst.current);
  }, [read]);

  const profile = profiles.find(({ id }) => id === active) ?? null;
  const state = useMemo<AppState>(
    () => ({
      ...history,
      // Without an oppsett there is little to show but the way to one.
      route: profile || WITHOUT_PROFILE.includes(history.route.path) ? history.route : WELCOME,
      start,
      settings,
      profiles,
      profile,
      road,
      productionConfirmed,
      problem: problem?.moves === moves ? problem.failure : null,
      report,
      refresh: read,
      activate,
      saveSettings,
      confirmProduction,
    }),
    [history, start, settings, profiles, profile, road, productionConfirmed, problem, moves, report, read, activate, saveSettings, confirmProduction],
  );
  return <AppContext value={state}>{children}</AppContext>;
}

function firstRoute(start: Start): Route {
  if (start.opened_file ?? start.opened_failure) return { path: "/sertifikater", mode: "area" };
  return { path: start.first_run || start.profiles.length === 0 ? "/velkommen" : "/", mode: "area" };
}

const WELCOME: Route = { path: "/velkommen", mode: "area" };
const WITHOUT_PROFILE: Path[] = ["/velkommen", "/oppsett/kort", "/sertifikater", "/oppsett", "/hjelp/lim-inn", "/innstillinger"];

const AppContext = createContext<AppState | null>(null);
