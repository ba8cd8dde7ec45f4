import { useCallback, useEffect, useState } from "react";
import { asFailure, useBridge } from "../../bridge/context";
import type { Failure, KeystoreFile } from "../../bridge/wire";
import { useApp } from "../../app/app-state";
import { NEW, type Draft } from "./draft";

export type Certificate = {
  file: KeystoreFile | null;
  /** What went wrong with the file or its password; `no_usable_key` when nothing in it can be used. */
  failure: Failure | null;
  pick: () => Promise<void>;
  /** The id of the certificate to use: the stored one, or the recommended key of the file, imported now. Null when that failed. */
  take: (draft: Draft) => Promise<string | null>;
};

/** The file behind the short form: chosen, opened and imported when the form is sent. */
export function useCertificate(): Certificate {
  const bridge = useBridge();
  const { start } = useApp();
  const [file, setFile] = useState<KeystoreFile | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  useEffect(() => {
    if (!file) return;
    return () => void bridge.closeKeystore(file.handle).catch(() => undefined);
  }, [bridge, file]);

  const pick = useCallback(async () => {
    try {
      const picked = await bridge.pickKeystoreFile();
      if (picked) setFile(picked);
      setFailure(null);
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
  }, [bridge]);

  const take = useCallback(
    async ({ identity, password }: Draft) => {
      if (identity !== NEW) return identity;
      if (!file) return null;
      try {
        const { keys } = await bridge.openKeystore(file.handle, password);
        const key = keys.find(({ recommended, usable }) => recommended && usable) ?? keys.find(({ usable }) => usable);
        if (!key) {
          setFailure(NO_USABLE_KEY);
          return null;
        }
        const kept = await bridge.importIdentity(file.handle, key.alias, start.keychain === "missing" ? "session" : "sealed");
        return kept.id;
      } catch (thrown) {
        setFailure(asFailure(thrown));
        return null;
      }
    },
    [bridge, file, start.keychain],
  );
  return { file, failure, pick, take };
}

const NO_USABLE_KEY: Failure = { code: "no_usable_key", params: {}, detail: null };
