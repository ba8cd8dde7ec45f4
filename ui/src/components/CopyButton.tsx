import { Button, type ButtonProps } from "@digdir/designsystemet-react";
import { CheckmarkIcon, FilesIcon } from "@navikt/aksel-icons";
import { useEffect, useState } from "react";
import { useBridge } from "../bridge/context";
import { useText } from "../i18n/text";
import { useOnce } from "./use-once";

type CopyButtonProps = Omit<ButtonProps, "onClick" | "children"> & {
  /** What to copy; left out when `onCopy` does the copying. */
  text?: string;
  /** Copies something the window does not hold, for example a token. */
  onCopy?: () => Promise<unknown>;
  /** The visible label; «Kopier» unless told. */
  label?: string;
  /** The whole accessible name, when the label alone is not enough: «Kopier klient-ID». */
  name?: string;
};

/** Copies through the bridge; then says «Kopiert» for 1.8 s, also to screen readers. */
export function CopyButton({ text, onCopy, label, name, ...rest }: CopyButtonProps) {
  const { t } = useText();
  const bridge = useBridge();
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);
  const copy = useOnce(async () => {
    try {
      await (onCopy ? onCopy() : bridge.copyText(text ?? ""));
      setOutcome("copied");
    } catch {
      setOutcome("failed");
    }
  });

  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const said = outcome === null ? (label ?? t("common.copy")) : t(outcome === "copied" ? "common.copied" : "common.copy_failed");
  return (
    <>
      <Button variant="tertiary" {...rest} aria-label={outcome === null ? name : undefined} onClick={copy.run}>
        {outcome === "copied" ? <CheckmarkIcon aria-hidden fontSize="1.25rem" /> : <FilesIcon aria-hidden fontSize="1.25rem" />}
        {said}
      </Button>
      <span className="app-hidden" role="status">
        {outcome === null ? "" : said}
      </span>
    </>
  );
}

const SHOWN_MS = 1800;
