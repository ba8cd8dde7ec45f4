import { Textfield } from "@digdir/designsystemet-react";
import { useState } from "react";
import { orgNumber } from "../i18n/formats";
import { useText } from "../i18n/text";
import { orgDigits, orgNumberFault } from "./org-number";

type OrgNumberFieldProps = {
  label: string;
  description?: string;
  /** Digits only. */
  value: string;
  onChange: (digits: string) => void;
  /** Empty is an answer too. */
  optional?: boolean;
  /** It was tried to send the form: a fault is told though nobody has been in the field. */
  pressed?: boolean;
};

/** An organisation number: spaces and «NO» may be typed, the digits are checked when the field is left. */
export function OrgNumberField({ label, description, value, onChange, optional, pressed }: OrgNumberFieldProps) {
  const { t } = useText();
  const [left, setLeft] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const fault = optional && value === "" ? null : orgNumberFault(value);
  return (
    <Textfield
      label={label}
      description={description}
      inputMode="numeric"
      autoComplete="off"
      value={typed ?? orgNumber(value)}
      onFocus={() => setTyped(orgNumber(value))}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(orgDigits(event.target.value));
      }}
      onBlur={() => {
        setTyped(null);
        setLeft(true);
      }}
      onCopy={(event) => {
        event.clipboardData.setData("text/plain", orgDigits(String(document.getSelection() ?? "")) || value);
        event.preventDefault();
      }}
      error={(left || pressed) && fault ? t(`token.org_number.${fault}`) : undefined}
    />
  );
}
