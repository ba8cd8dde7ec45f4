import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "../App";
import type { Route } from "../app/route";
import type { Bridge } from "../bridge/bridge";
import { BridgeProvider } from "../bridge/context";
import { makeFakeBridge, type Seed } from "../bridge/fake";

/** Opens the window on a page, or where it opens by itself, with a fake program behind it, and waits for the heading. */
export async function open(route: (Pick<Route, "path"> & Partial<Route>) | null, seed: Seed = {}, answers: Partial<Bridge> = {}) {
  const bridge = makeFakeBridge(seed, answers);
  const user = userEvent.setup();
  const { unmount } = render(
    <BridgeProvider value={bridge}>
      <App route={route ? { mode: "area", ...route } : undefined} />
    </BridgeProvider>,
  );
  await screen.findByRole("heading", { level: 1 });
  // What listens to the window does so once the effects have run.
  await act(async () => undefined);
  return { bridge, user, unmount };
}
