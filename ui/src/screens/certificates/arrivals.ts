import { useEffect } from "react";
import { useApp } from "../../app/app-state";
import type { Bridge } from "../../bridge/bridge";
import { useBridge } from "../../bridge/context";
import type { Failure, KeystoreFile, Start } from "../../bridge/wire";

export type Arrival = KeystoreFile | Failure;

export function isFailure(arrival: Arrival): arrival is Failure {
  return "code" in arrival;
}

/**
 * Opens Sertifikater when a file is dropped while another page is shown.
 * The page itself listens while it is shown; this keeps the file for it until then.
 */
export function useFileArrivals() {
  const bridge = useBridge();
  const { route, go } = useApp();
  const here = route.path === "/sertifikater";
  useEffect(() => {
    if (here) return;
    return bridge.onKeystoreFile((arrival) => {
      waiting.set(bridge, arrival);
      go({ path: "/sertifikater" });
    });
  }, [bridge, go, here]);
}

/** The file that waits for the page: dropped elsewhere, or given when the program started, or why it cannot be opened. Each is offered once. */
export function waitingArrival(bridge: Bridge, start: Start): Arrival | null {
  const arrival = waiting.get(bridge);
  if (arrival) return arrival;
  const given = start.opened_file ?? start.opened_failure;
  return given && !taken.has(given) ? given : null;
}

export function takeArrival(bridge: Bridge, arrival: Arrival) {
  if (waiting.get(bridge) === arrival) waiting.delete(bridge);
  taken.add(arrival);
}

const waiting = new WeakMap<Bridge, Arrival>();
const taken = new WeakSet<Arrival>();
