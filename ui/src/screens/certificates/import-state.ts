import type { Failure, Identity, Keep, KeyChoice, Keychain, KeystoreFile, OpenedKeystore } from "../../bridge/wire";

/** Where the user is between «a file» and «this key is ours». */
export type View =
  | { kind: "list" }
  | { kind: "show"; id: string }
  | { kind: "ready" }
  | { kind: "own" }
  | { kind: "drop"; failure: Failure | null; reading: boolean }
  | { kind: "opening"; file: KeystoreFile }
  | { kind: "password"; file: KeystoreFile; keyLocked: boolean }
  | { kind: "found"; opened: OpenedKeystore; index: number | null; failure: Failure | null };

export type ImportState = {
  view: View;
  keep: Keep;
  /** What was just done, to say once above the list. */
  done: { what: "added" | "removed"; own: boolean } | null;
  /** Why choosing or removing did not work; said where it was asked for. */
  notDone: Failure | null;
};

export type ImportAct =
  | { type: "show-list"; done?: ImportState["done"] }
  | { type: "show"; id: string }
  | { type: "drop" }
  | { type: "own" }
  | { type: "made"; id: string; step: boolean }
  | { type: "reading" }
  | { type: "file"; file: KeystoreFile }
  | { type: "unlock" }
  | { type: "refused"; failure: Failure }
  | { type: "keep"; keep: Keep }
  | { type: "opened"; opened: OpenedKeystore }
  | { type: "choose"; index: number }
  | { type: "not-imported"; failure: Failure }
  | { type: "not-done"; failure: Failure };

export function importReducer(state: ImportState, act: ImportAct): ImportState {
  const { view } = state;
  switch (act.type) {
    case "show-list":
      return { ...state, view: { kind: "list" }, done: act.done ?? null, notDone: null };
    case "show":
      return { ...state, view: { kind: "show", id: act.id }, done: null, notDone: null };
    case "drop":
      return { ...state, view: EMPTY_DROP, done: null };
    case "own":
      return { ...state, view: { kind: "own" }, done: null, notDone: null };
    case "made":
      return { ...state, view: act.step ? { kind: "ready" } : { kind: "show", id: act.id }, done: null, notDone: null };
    case "reading":
      return view.kind === "drop" ? { ...state, view: { ...view, failure: null, reading: true } } : state;
    case "file":
      return { ...state, view: viewOf(act.file), done: null };
    case "unlock":
      return view.kind === "found" ? { ...state, view: { kind: "password", file: view.opened.file, keyLocked: true } } : state;
    case "refused":
      return { ...state, view: { kind: "drop", failure: act.failure, reading: false }, done: null };
    case "keep":
      return { ...state, keep: act.keep };
    case "opened":
      return { ...state, view: { kind: "found", opened: act.opened, index: bestKey(act.opened)?.index ?? null, failure: null } };
    case "choose":
      return view.kind === "found" ? { ...state, view: { ...view, index: act.index, failure: null } } : state;
    case "not-imported":
      return view.kind === "found" ? { ...state, view: { ...view, failure: act.failure } } : state;
    case "not-done":
      return { ...state, notDone: act.failure };
  }
}

/**
 * What the page shows first: a file that came with the program's start, what the oppsett uses
 * (from the task list), what exists (from the sidebar), or the drop zone.
 */
export function firstView(
  mode: "step" | "area",
  identities: Identity[],
  inUse: string | null,
  file: KeystoreFile | null,
): View {
  if (file) return viewOf(file);
  if (mode === "step") return identities.some(({ id }) => id === inUse) ? { kind: "ready" } : EMPTY_DROP;
  return identities.length > 0 ? { kind: "list" } : EMPTY_DROP;
}

/** A file that nothing locks has no password to ask for. */
function viewOf(file: KeystoreFile): View {
  return file.locked ? { kind: "password", file, keyLocked: false } : { kind: "opening", file };
}

/** Sealed unless the machine has nothing to seal with. */
export function firstKeep(keychain: Keychain): Keep {
  return keychain === "missing" ? "session" : "sealed";
}

/** The key to suggest: the recommended one, else the first that can be used, else the first. */
export function bestKey({ keys }: OpenedKeystore): KeyChoice | undefined {
  return keys.find((key) => key.recommended && key.usable) ?? keys.find((key) => key.usable) ?? keys[0];
}

/** The file is open, but a key in it has a password of its own. */
export function isKeyLocked(failure: Pick<Failure, "code"> | null): boolean {
  return failure?.code === "key_locked";
}

/** The key could be used, but not kept sealed. */
export function isOfSealing({ code }: Pick<Failure, "code">): boolean {
  return code.startsWith("keychain_") || code.startsWith("vault_");
}

/** True when nothing the user can do here makes this key one Maskinporten takes. */
export function isBlocked(key: KeyChoice): boolean {
  return !key.usable || key.checks.some(({ state }) => state === "error");
}

export const EMPTY_DROP = { kind: "drop", failure: null, reading: false } as const satisfies View;
