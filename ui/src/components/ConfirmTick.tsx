import { Checkbox, ValidationMessage } from "@digdir/designsystemet-react";
import { useCallback, useId, useRef, useState, type RefObject } from "react";
import { useText } from "../i18n/text";

export type Tick = {
  ticked: boolean;
  missing: boolean;
  field: RefObject<HTMLInputElement | null>;
  set: (ticked: boolean) => void;
  /** True when ticked; otherwise says so at the box and moves the focus there. */
  demand: () => boolean;
};

/** The state of a box that must be ticked before something is done. */
export function useTick(): Tick {
  const [ticked, setTicked] = useState(false);
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const set = useCallback((now: boolean) => {
    setTicked(now);
    if (now) setMissing(false);
  }, []);
  const demand = useCallback(() => {
    setMissing(!ticked);
    if (!ticked) field.current?.focus();
    return ticked;
  }, [ticked]);
  return { ticked, missing, field, set, demand };
}

/** «Jeg har behov for ekte data …»: the tick that production asks for. */
export function ConfirmTick({ tick }: { tick: Tick }) {
  const { t } = useText();
  return <TickBox tick={tick} label={t("env.confirm.tick")} missing={t("env.confirm.missing")} testId="production-tick" />;
}

/** A box that must be ticked, and what is said when it is not. */
export function TickBox({ tick, label, missing, testId }: { tick: Tick; label: string; missing: string; testId: string }) {
  const message = useId();
  return (
    <div className="app-tick">
      <Checkbox
        ref={tick.field}
        label={label}
        checked={tick.ticked}
        aria-invalid={tick.missing || undefined}
        aria-describedby={tick.missing ? message : undefined}
        data-testid={testId}
        onChange={(event) => tick.set(event.target.checked)}
      />
      {tick.missing && (
        <ValidationMessage id={message} data-color="danger">
          {missing}
        </ValidationMessage>
      )}
    </div>
  );
}
