import { Button, Field, Input, Label, ValidationMessage } from "@digdir/designsystemet-react";
import { EyeIcon, EyeSlashIcon } from "@navikt/aksel-icons";
import { useState, type Ref } from "react";
import { useText } from "../i18n/text";
import { useHiddenWhenAway } from "./use-hidden-when-away";

type SecretFieldProps = {
  label: string;
  description?: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | null;
  ref?: Ref<HTMLInputElement>;
  testId?: string;
};

/** A password: shown on demand, pasting allowed, remembered by nobody. */
export function SecretField({ label, description, value, onChange, error, ref, testId }: SecretFieldProps) {
  const { t } = useText();
  const [shown, show] = useState(false);
  useHiddenWhenAway(shown, () => show(false));
  const Icon = shown ? EyeSlashIcon : EyeIcon;
  return (
    <Field className="app-secret">
      <Label>{label}</Label>
      {description && <Field.Description>{description}</Field.Description>}
      <Field.Affixes>
        <Input
          ref={ref}
          type={shown ? "text" : "password"}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={error ? true : undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          data-testid={testId}
        />
        <Button
          variant="secondary"
          data-color="neutral"
          icon
          aria-label={t("certificate.password.show")}
          aria-pressed={shown}
          onClick={() => show(!shown)}
        >
          <Icon aria-hidden fontSize="1.25rem" />
        </Button>
      </Field.Affixes>
      {error && <ValidationMessage>{error}</ValidationMessage>}
    </Field>
  );
}
