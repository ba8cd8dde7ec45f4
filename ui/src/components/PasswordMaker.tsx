import { Button, Field, Input, Label, ValidationMessage } from "@digdir/designsystemet-react";
import { ArrowsCirclepathIcon, CheckmarkCircleFillIcon, ExclamationmarkTriangleFillIcon, EyeIcon, EyeSlashIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { CopyButton } from "./CopyButton";
import { FailureAlert } from "./FailureAlert";
import { useHiddenWhenAway } from "./use-hidden-when-away";
import { useOnce } from "./use-once";

type PasswordMakerProps = {
  id: string;
  texts: { label: string; show: string; make: string; copy: string };
  value: string;
  onChange: (value: string) => void;
  /** Puts a fresh password in place of this one. */
  onMake: () => Promise<unknown>;
  onCopy: () => Promise<unknown>;
  /** How strong it is, in words; or null. */
  strength: { good: boolean; said: string } | null;
  /** What happened to the clipboard, in words. */
  copied: string | null;
  error: string | null;
  testId?: string;
};

/** A password for something new: made by the program and shown, or typed by the user. */
export function PasswordMaker({ id, texts, value, onChange, onMake, onCopy, strength, copied, error, testId }: PasswordMakerProps) {
  const [shown, show] = useState(true);
  useHiddenWhenAway(shown, () => show(false));
  const making = useOnce(async () => {
    await onMake();
    show(true);
  });
  const Eye = shown ? EyeSlashIcon : EyeIcon;
  const Strength = strength?.good ? CheckmarkCircleFillIcon : ExclamationmarkTriangleFillIcon;
  return (
    <div className="app-password-maker">
      <Field>
        <Label htmlFor={id}>{texts.label}</Label>
        <Field.Affixes>
          <Input
            id={id}
            className="app-password-maker-input"
            type={shown ? "text" : "password"}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            aria-invalid={error ? true : undefined}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            data-testid={testId}
          />
          <Button variant="secondary" data-color="neutral" icon aria-label={texts.show} aria-pressed={shown} onClick={() => show(!shown)}>
            <Eye aria-hidden fontSize="1.25rem" />
          </Button>
          <Button variant="secondary" data-color="neutral" icon aria-label={texts.make} data-testid={testId && `${testId}-make`} onClick={making.run}>
            <ArrowsCirclepathIcon aria-hidden fontSize="1.25rem" />
          </Button>
        </Field.Affixes>
        {error && <ValidationMessage>{error}</ValidationMessage>}
      </Field>
      <div className="app-password-maker-said" role="status">
        {strength && !error && (
          <p className="app-strength" data-color={strength.good ? "success" : "warning"}>
            <Strength aria-hidden fontSize="1.125rem" />
            {strength.said}
          </p>
        )}
        {copied && <p className="app-small">{copied}</p>}
      </div>
      <CopyButton data-color="neutral" label={texts.copy} onCopy={onCopy} />
      {making.failure && <FailureAlert failure={making.failure} />}
    </div>
  );
}
