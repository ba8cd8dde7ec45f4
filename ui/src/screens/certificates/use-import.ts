import { useEffect, useReducer, useRef, useState } from "react";
import { useApp } from "../../app/app-state";
import type { Mode } from "../../app/route";
import type { Bridge } from "../../bridge/bridge";
import { asFailure, useBridge } from "../../bridge/context";
import type { EnvironmentName, Failure, Identity, Keep } from "../../bridge/wire";
import { isFailure, takeArrival, waitingArrival, type Arrival } from "./arrivals";
import { firstKeep, firstView, importReducer, type ImportAct, type ImportState } from "./import-state";

/** The import as the views use it: what is shown, and what can be done. */
export type Import = {
  state: ImportState;
  dispatch: (act: ImportAct) => void;
  pick: () => Promise<void>;
  /** Opens the file; answers why not, for the field. */
  open: (handle: string, password: string, keyPassword: string | null) => Promise<Failure | null>;
  /** Imports the chosen key and lets the oppsett use it. */
  use: (keep: Keep) => Promise<void>;
  /** Lets the oppsett use a key that is already here. */
  choose: (identity: string) => Promise<void>;
  usePractice: () => Promise<void>;
  /** Makes a key without certificate, which the oppsett then uses. */
  makeOwn: (environment: EnvironmentName, bits: number) => Promise<void>;
  /** The user has put the own key on the client. */
  notePosted: (identity: string) => Promise<void>;
  remove: (identity: string) => Promise<void>;
  /** Reads the keys anew, after what is known of them has changed. */
  reload: () => Promise<void>;
};

export function useImport(mode: Mode, identities: Identity[], reload: () => Promise<void>): Import {
  const bridge = useBridge();
  const { start, profile, refresh, go } = useApp();
  const [first] = useState(() => waitingArrival(bridge, start));
  const [state, dispatch] = useReducer(importReducer, null, () => firstState(mode, identities, profile?.identity ?? null, start.keychain, first));
  const handle = openHandle(state);

  const receive = (arrival: Arrival) =>
    dispatch(isFailure(arrival) ? { type: "refused", failure: arrival } : { type: "file", file: arrival });
  useEffect(() => bridge.onKeystoreFile(receive), [bridge]);
  useEffect(() => {
    if (first) takeArrival(bridge, first);
  }, [bridge, first]);
  useClosing(bridge, handle);
  useOpeningAtOnce(bridge, state, dispatch);

  const isOwn = (id: string) => identities.some((identity) => identity.id === id && identity.own_key !== null);
  const settle = async (identity: string) => {
    if (profile) await bridge.changeProfile(profile.id, { identity });
    await Promise.all([refresh(), reload()]);
    if (mode === "step") go({ path: "/" });
    else dispatch({ type: "show-list", done: { what: "added", own: isOwn(identity) } });
  };
  return {
    state,
    dispatch,
    reload,
    pick: async () => {
      dispatch({ type: "reading" });
      try {
        const file = await bridge.pickKeystoreFile();
        if (file) dispatch({ type: "file", file });
        else if (state.view.kind === "drop") dispatch({ type: "drop" });
      } catch (thrown) {
        dispatch({ type: "refused", failure: asFailure(thrown) });
      }
    },
    open: async (of, password, keyPassword) => {
      try {
        const opened = await bridge.openKeystore(of, password, keyPassword);
        // With every key shut there is nothing to show yet.
        if (opened.keys.every(({ reason }) => reason === KEY_LOCKED)) return { code: KEY_LOCKED, params: {}, detail: null };
        dispatch({ type: "opened", opened });
        return null;
      } catch (thrown) {
        return asFailure(thrown);
      }
    },
    use: async (keep) => {
      if (state.view.kind !== "found" || state.view.index === null) return;
      try {
        const { id } = await bridge.importIdentity(state.view.opened.handle, state.view.index, keep);
        await settle(id);
      } catch (thrown) {
        dispatch({ type: "not-imported", failure: asFailure(thrown) });
      }
    },
    choose: async (identity) => {
      try {
        await settle(identity);
      } catch (thrown) {
        dispatch({ type: "not-done", failure: asFailure(thrown) });
      }
    },
    usePractice: async () => {
      try {
        await settle((await bridge.usePracticeCertificate()).id);
      } catch (thrown) {
        dispatch({ type: "refused", failure: asFailure(thrown) });
      }
    },
    makeOwn: async (environment, bits) => {
      const { id } = await bridge.makeOwnKey({ environment, bits, keep: state.keep });
      if (profile) await bridge.changeProfile(profile.id, { identity: id });
      await Promise.all([refresh(), reload()]);
      // Not back to the task list: the public half is to be copied first.
      dispatch({ type: "made", id, step: mode === "step" });
    },
    notePosted: async (identity) => {
      await bridge.noteKeyPosted(identity);
      await Promise.all([refresh(), reload()]);
    },
    remove: async (identity) => {
      try {
        await bridge.removeIdentity(identity);
        await Promise.all([refresh(), reload()]);
        dispatch({ type: "show-list", done: { what: "removed", own: isOwn(identity) } });
      } catch (thrown) {
        dispatch({ type: "not-done", failure: asFailure(thrown) });
      }
    },
  };
}

function firstState(
  mode: Mode,
  identities: Identity[],
  inUse: string | null,
  keychain: Parameters<typeof firstKeep>[0],
  arrival: Arrival | null,
): ImportState {
  const file = arrival && !isFailure(arrival) ? arrival : null;
  const failure = arrival && isFailure(arrival) ? arrival : null;
  const view = failure ? ({ kind: "drop", failure, reading: false } as const) : firstView(mode, identities, inUse, file);
  return { view, keep: firstKeep(keychain), done: null, notDone: null };
}

function openHandle({ view }: ImportState): string | null {
  if (view.kind === "password" || view.kind === "opening") return view.file.handle;
  return view.kind === "found" ? view.opened.handle : null;
}

/** A file that nothing locks is opened without asking. */
function useOpeningAtOnce(bridge: Bridge, { view }: ImportState, dispatch: (act: ImportAct) => void) {
  const handle = view.kind === "opening" ? view.file.handle : null;
  useEffect(() => {
    if (handle === null) return;
    let wanted = true;
    bridge.openKeystore(handle, "", null).then(
      (opened) => wanted && dispatch({ type: "opened", opened }),
      (thrown: unknown) => wanted && dispatch({ type: "refused", failure: asFailure(thrown) }),
    );
    return () => {
      wanted = false;
    };
  }, [bridge, handle, dispatch]);
}

/** Lets the program forget a file when another takes its place, or the page is left. */
function useClosing(bridge: Bridge, handle: string | null) {
  const current = useRef<string | null>(null);
  useEffect(() => {
    current.current = handle;
    return () => {
      current.current = null;
      if (handle === null) return;
      // The same file may be shown again at once, with its content or by a repeated effect.
      queueMicrotask(() => {
        if (current.current !== handle) void bridge.closeKeystore(handle).catch(() => undefined);
      });
    };
  }, [bridge, handle]);
}

const KEY_LOCKED = "key_locked";
