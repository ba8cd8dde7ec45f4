import type { ReactNode } from "react";
import { useText } from "../i18n/text";
import { CopyButton } from "./CopyButton";

type CopyRowProps = {
  label: string;
  /** What is copied, and shown unless `children` shows it better. */
  value: string;
  mono?: boolean;
  /** Copies it in another way, such as a password that is to be cleared again. */
  onCopy?: () => Promise<unknown>;
  children?: ReactNode;
};

/** A value to carry elsewhere: label above, value, and a button named «Kopier {label}». */
export function CopyRow({ label, value, mono, onCopy, children }: CopyRowProps) {
  const { t } = useText();
  return (
    <div className="app-copy-row">
      <div className="app-copy-row-text">
        <span className="app-copy-row-label">{label}</span>
        <span className={mono ? "app-copy-row-value-mono" : "app-copy-row-value"}>{children ?? value}</span>
      </div>
      <CopyButton text={value} onCopy={onCopy} name={t("common.copy_named", { label })} />
    </div>
  );
}
