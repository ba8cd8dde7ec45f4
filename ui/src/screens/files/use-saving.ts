import { useState } from "react";
import { asFailure, useBridge } from "../../bridge/context";
import type { Failure, FileOrder, SavedFiles } from "../../bridge/wire";

/** What was asked for and found a file in its way. */
type InTheWay = { order: FileOrder; password: string | null; file: string; place: string };

export type Saving = {
  /** Why the password or the name was refused; the field says it. */
  refused: Failure | null;
  /** The file that is there already, while the user decides. */
  existing: string | null;
  /** Asks where and writes. Rejects with what belongs to no field. */
  save: (order: FileOrder, password: string | null) => Promise<void>;
  replace: () => Promise<void>;
  keep: () => void;
  /** The field has been changed. */
  mend: () => void;
};

/** Saves the files, and keeps what stands between the order and the files. */
export function useSaving(profile: string, onSaved: (saved: SavedFiles) => Promise<unknown>): Saving {
  const bridge = useBridge();
  const [refused, setRefused] = useState<Failure | null>(null);
  const [way, setWay] = useState<InTheWay | null>(null);
  return {
    refused,
    existing: way?.file ?? null,
    save: async (order, password) => {
      setRefused(null);
      try {
        const saved = await bridge.saveFiles(profile, order, password);
        if (saved) await onSaved(saved);
      } catch (thrown) {
        const failure = asFailure(thrown);
        const { file, place } = failure.params;
        if (failure.code === "output_exists" && file && place) setWay({ order, password, file, place });
        else if (isOfField(failure)) setRefused(failure);
        else throw thrown;
      }
    },
    replace: async () => {
      if (!way) return;
      const saved = await bridge.replaceFiles(profile, way.order, way.password, way.place);
      setWay(null);
      await onSaved(saved);
    },
    keep: () => setWay(null),
    mend: () => setRefused(null),
  };
}

export function isOfPassword({ code }: Failure): boolean {
  return code.startsWith("password_");
}

export function isOfAlias({ code }: Failure): boolean {
  return code === "alias_not_writable";
}

function isOfField(failure: Failure): boolean {
  return isOfPassword(failure) || isOfAlias(failure);
}
