import { useCallback, useEffect, useState } from "react";
import { asFailure, useBridge } from "../../bridge/context";
import type { Failure, Keep, KeystoreFile } from "../../bridge/wire";
import { bestKey, isKeyLocked } from "../certificates/import-state";

export type Certificate = {
  file: KeystoreFile | null;
  /** What went wrong with the file or its password; `no_usable_key` when nothing in it can be used. */
  failure: Failure | null;
  /** The key has shown that it has a password of its own. */
  keyLocked: boolean;
  /** The failure came of the password the key was tried with. */
  keyTried: boolean;
  pick: () => Promise<void>;
  /** The id of the recommended key of the file, imported now. Null when that failed. */
  take: (passwords: { password: string; keyPassword: string }, keep: Keep) => Promise<string | null>;
};

/** The file behind the short form: chosen, opened and imported when the form is sent. */
export function useCertificate(): Certificate {
  const bridge = useBridge();
  const [file, setFile] = useState<KeystoreFile | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [keyLocked, setKeyLocked] = useState(false);
  const [keyTried, setKeyTried] = useState(false);

  useEffect(() => {
    if (!file) return;
    return () => void bridge.closeKeystore(file.handle).catch(() => undefined);
  }, [bridge, file]);

  const refuse = (why: Failure) => {
    setFailure(why);
    if (isKeyLocked(why)) setKeyLocked(true);
    return null;
  };
  const pick = useCallback(async () => {
    try {
      const picked = await bridge.pickKeystoreFile();
      if (picked) {
        setFile(picked);
        setKeyLocked(false);
      }
      setFailure(null);
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
  }, [bridge]);

  const take: Certificate["take"] = async ({ password, keyPassword }, keep) => {
    if (!file) return null;
    setFailure(null);
    setKeyTried(keyLocked && keyPassword !== "");
    try {
      const opened = await bridge.openKeystore(file.handle, password, keyLocked ? keyPassword : null);
      const key = bestKey(opened);
      if (!key?.usable) return refuse(opened.keys.some(({ reason }) => isKeyLocked({ code: reason ?? "" })) ? KEY_LOCKED : NO_USABLE_KEY);
      const kept = await bridge.importIdentity(file.handle, key.index, keep);
      return kept.id;
    } catch (thrown) {
      return refuse(asFailure(thrown));
    }
  };
  return { file, failure, keyLocked, keyTried, pick, take };
}

const NO_USABLE_KEY: Failure = { code: "no_usable_key", params: {}, detail: null };
const KEY_LOCKED: Failure = { code: "key_locked", params: {}, detail: null };
