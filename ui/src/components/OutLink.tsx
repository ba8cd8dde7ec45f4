import { Button, Link } from "@digdir/designsystemet-react";
import { ExternalLinkIcon } from "@navikt/aksel-icons";
import type { ReactNode } from "react";
import { useBridge } from "../bridge/context";
import { useText } from "../i18n/text";

type OutProps = { address: string; children: ReactNode; testId?: string };

/** A link that opens in the system's browser; the program checks it against its list. */
export function OutLink({ address, children, testId }: OutProps) {
  const bridge = useBridge();
  return (
    <Link
      href={address}
      data-testid={testId}
      onClick={(event) => {
        event.preventDefault();
        void bridge.openLink(address).catch(() => undefined);
      }}
    >
      {children}
      <OutMark />
    </Link>
  );
}

/** The same as a button, where it is an action of a step. */
export function OutButton({ address, children, testId }: OutProps) {
  const bridge = useBridge();
  return (
    <Button
      variant="secondary"
      data-testid={testId}
      onClick={() => void bridge.openLink(address).catch(() => undefined)}
    >
      {children}
      <OutMark />
    </Button>
  );
}

function OutMark() {
  const { t } = useText();
  return (
    <>
      <ExternalLinkIcon aria-hidden fontSize="1.25rem" />
      <span className="app-hidden"> {t("common.opens_in_browser")}</span>
    </>
  );
}
