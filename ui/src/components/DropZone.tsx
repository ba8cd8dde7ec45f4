import { Spinner, ValidationMessage } from "@digdir/designsystemet-react";
import { UploadIcon } from "@navikt/aksel-icons";
import { useEffect, useState } from "react";
import { useBridge } from "../bridge/context";
import { ActionButton } from "./ActionButton";

type DropZoneProps = {
  texts: { here: string; or: string; pick: string; types: string; release: string; reading: string };
  /** Opens the file dialog: the equal alternative to dropping. */
  onPick: () => Promise<unknown> | void;
  reading?: boolean;
  error?: string | null;
};

/**
 * Where a file may be let go.
 * The drop itself is caught by the program, not by the page: the page never sees a path.
 */
export function DropZone({ texts, onPick, reading, error }: DropZoneProps) {
  const bridge = useBridge();
  const [over, setOver] = useState(false);
  useEffect(() => bridge.onDragging(setOver), [bridge]);

  return (
    <div>
      <div className="app-drop" data-state={reading ? "reading" : over ? "over" : error ? "error" : "idle"} data-testid="drop-zone">
        {reading ? <Spinner aria-hidden data-size="lg" aria-label="" /> : <UploadIcon aria-hidden fontSize="3rem" />}
        <p className="app-drop-title" role="status">
          {reading ? texts.reading : over ? texts.release : texts.here}
        </p>
        <p className="app-drop-or">{texts.or}</p>
        <ActionButton onAct={onPick} data-testid="pick-file">
          {texts.pick}
        </ActionButton>
        <p className="app-drop-types">{texts.types}</p>
      </div>
      <div role="alert">
        {error && <ValidationMessage data-testid="drop-error">{error}</ValidationMessage>}
      </div>
    </div>
  );
}
