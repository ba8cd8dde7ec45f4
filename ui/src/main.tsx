import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import type { Route } from "./app/route";
import type { Bridge } from "./bridge/bridge";
import { BridgeProvider } from "./bridge/context";
import { tauriBridge } from "./bridge/tauri";
import "./styles/index.css";

async function open() {
  // Left out of a production build: the branch is dead there, and so is the import.
  const fixture = __FIXTURES__ ? (await import("./bridge/fixtures/start")).fixtureFrom(location.search) : null;
  show(fixture?.bridge ?? tauriBridge, fixture?.route);
  await fixture?.play();
}

function show(bridge: Bridge, route?: Route) {
  const root = document.getElementById("root");
  if (!root) return;
  createRoot(root).render(
    <StrictMode>
      <BridgeProvider value={bridge}>
        <App route={route} />
      </BridgeProvider>
    </StrictMode>,
  );
}

void open();
