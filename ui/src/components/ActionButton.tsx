import { Button, type ButtonProps } from "@digdir/designsystemet-react";
import { ArrowRightIcon } from "@navikt/aksel-icons";
import type { ReactNode, Ref } from "react";
import { FailureAlert } from "./FailureAlert";
import { useOnce } from "./use-once";

type ActionButtonProps = Omit<ButtonProps, "onClick" | "loading" | "icon"> & {
  ref?: Ref<HTMLButtonElement>;
  /** Acts once: until the promise is settled, further presses do nothing. A rejection is told below the button. */
  onAct: () => Promise<unknown> | void;
  /** In flight for a reason the button cannot see, for example a form sent with Enter. */
  busy?: boolean;
  /** The arrow of «… og fortsett». */
  arrow?: boolean;
  /** An Aksel icon before the label. */
  start?: ReactNode;
};

/** A button that acts once. It keeps its label while in flight and says `aria-busy`. */
export function ActionButton({ onAct, busy, arrow, start, children, ...rest }: ActionButtonProps) {
  const once = useOnce(onAct);
  const inFlight = once.busy || busy === true;
  return (
    <>
      <Button
        {...rest}
        aria-busy={inFlight || undefined}
        aria-disabled={inFlight || undefined}
        onClick={() => inFlight || once.run()}
      >
        {start}
        {children}
        {arrow && <ArrowRightIcon aria-hidden fontSize="1.5rem" />}
      </Button>
      {once.failure && <FailureAlert failure={once.failure} />}
    </>
  );
}
