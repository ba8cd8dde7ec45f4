/** The pages of the window. Kept in memory: there is no address bar. */
export type Path =
  | "/velkommen"
  | "/"
  | "/token"
  | "/token/alle"
  | "/oppsett"
  | "/sertifikater"
  | "/klient"
  | "/filer"
  | "/innstillinger"
  | "/ovelse"
  | "/hjelp/lim-inn"
  | "/oppsett/api"
  | "/oppsett/miljo"
  | "/oppsett/tilgang"
  | "/oppsett/vilkar"
  | "/oppsett/kort";

/**
 * Where the user is. `mode` "step" means: come from the task list, with the step caption and
 * «… og fortsett»; "area" means: come from the sidebar.
 */
export type Route = { path: Path; mode: Mode; tab?: string };

export type Mode = "step" | "area";

/** The page of each of the eight steps; step 7 is tried from «Bruk det». */
export const STEP_ROUTES: Record<number, Route> = {
  1: { path: "/oppsett/api", mode: "step" },
  2: { path: "/oppsett/tilgang", mode: "step" },
  3: { path: "/oppsett/vilkar", mode: "step" },
  4: { path: "/sertifikater", mode: "step" },
  5: { path: "/klient", mode: "step" },
  6: { path: "/token", mode: "step" },
  7: { path: "/token", mode: "step", tab: "use" },
  8: { path: "/filer", mode: "step" },
};

export const STEP_COUNT = 8;
