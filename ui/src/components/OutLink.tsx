import { Link } from "@digdir/designsystemet-react";
import { ExternalLinkIcon } from "@navikt/aksel-icons";
import type { ReactNode } from "react";
import { useBridge } from "../bridge/context";
import { useText } from "../i18n/text";
import { ActionButton } from "./ActionButton";
import { FailureAlert } from "./FailureAlert";
import { useOnce } from "./use-once";

type OutProps = { address: string; children: ReactNode; testId?: string };

/** A link that opens in the system's browser; the program checks it against its list. */
export function OutLink({ address, children, testId }: OutProps) {
  const bridge = useBridge();
  const once = useOnce(() => bridge.openLink(address));
  return (
    <>
      <Link
        href={address}
        data-testid={testId}
        onClick={(event) => {
          event.preventDefault();
          void once.run();
        }}
      >
        {children}
        <OutMark />
      </Link>
      {once.failure && <FailureAlert failure={once.failure} />}
    </>
  );
}

/** The same as a button, where it is an action of a step. */
export function OutButton({ address, children, testId }: OutProps) {
  const bridge = useBridge();
  return (
    <ActionButton variant="secondary" data-testid={testId} onAct={() => bridge.openLink(address)}>
      {children}
      <OutMark />
    </ActionButton>
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
