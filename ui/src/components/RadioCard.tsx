import { Radio } from "@digdir/designsystemet-react";
import { useId, type ReactNode } from "react";

type RadioCardProps = {
  /** Name of the group; the same for all its cards. */
  name: string;
  value: string;
  checked: boolean;
  onChoose: (value: string) => void;
  title: ReactNode;
  description?: ReactNode;
  /** Text at the right edge. */
  aside?: ReactNode;
  color?: "accent" | "ovelse" | "test" | "prod";
  /** Cannot be chosen; the description must then say why. */
  disabled?: boolean;
  testId?: string;
  /** Id of the radio itself, for a summary of errors to link to. */
  id?: string;
  children?: ReactNode;
};

/** One choice of several, where the whole card is the label. Stands inside a Fieldset. */
export function RadioCard(props: RadioCardProps) {
  const { name, value, checked, onChoose, title, description, aside, color, disabled, testId, id, children } = props;
  const titled = useId();
  const described = useId();
  return (
    <label className="app-radio-card" data-color={color} data-disabled={disabled || undefined} data-testid={testId}>
      <Radio
        id={id}
        name={name}
        value={value}
        checked={checked}
        disabled={disabled}
        onChange={() => onChoose(value)}
        aria-labelledby={titled}
        aria-describedby={description || children ? described : undefined}
      />
      <span className="app-radio-card-text">
        <span className="app-radio-card-title" id={titled}>{title}</span>
        {description && (
          <span className="app-radio-card-description" id={described}>
            {description}
          </span>
        )}
        {children && (
          <span className="app-radio-card-more" id={description ? undefined : described}>
            {children}
          </span>
        )}
      </span>
      {aside && <span className="app-radio-card-aside">{aside}</span>}
    </label>
  );
}
