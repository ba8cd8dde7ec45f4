import { Heading, Paragraph } from "@digdir/designsystemet-react";
import { useEffect, useId, useRef } from "react";
import { ActionButton } from "./ActionButton";
import { ModalDialog } from "./ModalDialog";

type ConfirmDialogProps = {
  title: string;
  text: string;
  yes: string;
  no: string;
  color?: "accent" | "danger" | "prod";
  onYes: () => Promise<unknown> | void;
  onNo: () => void;
  testId: string;
};

/**
 * One question, asked before something is done. Shown while it is rendered; Esc means no.
 * Where yes cannot be undone, or is production, the focus starts on no.
 */
export function ConfirmDialog({ title, text, yes, no, color, onYes, onNo, testId }: ConfirmDialogProps) {
  const heading = useId();
  const safe = useRef<HTMLButtonElement>(null);
  const grave = color === "danger" || color === "prod";
  useEffect(() => {
    if (grave) safe.current?.focus();
  }, [grave]);

  return (
    <ModalDialog onClose={onNo} aria-labelledby={heading} data-testid={testId}>
      <div className="app-dialog">
        <Heading level={2} data-size="xs" id={heading}>
          {title}
        </Heading>
        <Paragraph>{text}</Paragraph>
        <div className="app-row">
          <ActionButton data-color={color} data-testid={`${testId}-yes`} onAct={onYes}>
            {yes}
          </ActionButton>
          <ActionButton ref={safe} variant="secondary" data-testid={`${testId}-no`} onAct={onNo}>
            {no}
          </ActionButton>
        </div>
      </div>
    </ModalDialog>
  );
}
