import { SkipLink } from "@digdir/designsystemet-react";
import { useEffect, useRef, type ReactNode } from "react";
import { useApp } from "../app/app-state";
import { ProductionGate } from "../app/production";
import { useShortcuts } from "../app/shortcuts";
import { useMedia } from "../app/use-media";
import { FailureAlert } from "../components/FailureAlert";
import { useText } from "../i18n/text";
import { useFileArrivals } from "../screens/certificates/arrivals";
import { Brand } from "./Brand";
import { EnvBand } from "./EnvBand";
import { LookControls } from "./LookControls";
import { ServingLine } from "./ServingLine";
import { Sidebar, TopBar } from "./Sidebar";

/** Everything round the page: skip link, environment band, sidebar, main. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useText();
  const { route, profile, moves, problem } = useApp();
  const main = useRef<HTMLElement>(null);
  const narrow = useMedia("(max-width: 799.98px)");
  useShortcuts();
  useFileArrivals();

  useEffect(() => {
    if (main.current) main.current.scrollTop = 0;
  }, [moves]);

  const bare = route.path === "/velkommen";
  return (
    <ProductionGate>
      <div className="app-shell" data-bare={bare || undefined} data-environment={(!bare && profile?.environment) || undefined}>
        <SkipLink
          href="#main"
          onClick={(event) => {
            event.preventDefault();
            main.current?.focus();
          }}
        >
          {t("shell.skip")}
        </SkipLink>
        {bare ? (
          <header className="app-bare-header">
            <Brand />
            <LookControls />
          </header>
        ) : (
          <>
            <div className="app-bands">
              <EnvBand />
              <ServingLine />
            </div>
            {narrow ? <TopBar /> : <Sidebar />}
          </>
        )}
        <main className="app-main" id="main" ref={main} tabIndex={-1}>
          {problem && <FailureAlert failure={problem} />}
          {children}
        </main>
      </div>
    </ProductionGate>
  );
}
