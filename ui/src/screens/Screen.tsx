import { lazy, Suspense } from "react";
import { useApp } from "../app/app-state";
import type { Route } from "../app/route";
import { ApiScreen } from "./api";
import { ClientScreen } from "./client";
import { EnvironmentScreen } from "./environment";
import { OrderScreen } from "./order";
import { QuickScreen } from "./quick";
import { RoadScreen } from "./road";
import { SettingsScreen } from "./settings";
import { TermsScreen } from "./terms";
import { TokenScreen } from "./token";
import { WelcomeScreen } from "./welcome";

const AllScreen = lazy(() => import("./all").then(({ AllScreen }) => ({ default: AllScreen })));
const CertificatesScreen = lazy(() => import("./certificates").then(({ CertificatesScreen }) => ({ default: CertificatesScreen })));
const FilesScreen = lazy(() => import("./files").then(({ FilesScreen }) => ({ default: FilesScreen })));
const ExplainScreen = lazy(() => import("./explain").then(({ ExplainScreen }) => ({ default: ExplainScreen })));
const SetupsScreen = lazy(() => import("./setups").then(({ SetupsScreen }) => ({ default: SetupsScreen })));
const PracticeScreen = lazy(() => import("./practice").then((practice) => ({ default: practice.PracticeScreen })));

/** The page of the route. A page of several views begins anew when it is gone to again: the sidebar leads to its list. */
export function Screen() {
  const { route, profile, moves } = useApp();
  // Another oppsett is another page: nothing typed for one may show up in the other.
  return (
    <Suspense fallback={null}>
      <Pages key={profile?.id} route={route} moves={moves} />
    </Suspense>
  );
}

function Pages({ route: { path, mode, tab }, moves }: { route: Route; moves: number }) {
  switch (path) {
    case "/velkommen":
      return <WelcomeScreen />;
    case "/":
      return <RoadScreen />;
    case "/oppsett/api":
      return <ApiScreen />;
    case "/oppsett/miljo":
      return <EnvironmentScreen />;
    case "/oppsett/tilgang":
      return <OrderScreen />;
    case "/oppsett/vilkar":
      return <TermsScreen />;
    case "/oppsett/kort":
      return <QuickScreen />;
    case "/sertifikater":
      return <CertificatesScreen key={moves} mode={mode} tab={tab} />;
    case "/klient":
      return <ClientScreen key={moves} mode={mode} tab={tab} />;
    case "/token/alle":
      return <AllScreen />;
    case "/oppsett":
      return <SetupsScreen />;
    case "/filer":
      return <FilesScreen mode={mode} />;
    case "/token":
      return <TokenScreen mode={mode} tab={tab} />;
    case "/ovelse":
      return <PracticeScreen tab={tab} />;
    case "/hjelp/lim-inn":
      return <ExplainScreen />;
    case "/innstillinger":
      return <SettingsScreen />;
  }
}
