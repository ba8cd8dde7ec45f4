import { Dialog, type DialogProps } from "@digdir/designsystemet-react";
import { useEffect, useRef, useState } from "react";

type ModalDialogProps = Omit<DialogProps, "open" | "closeButton" | "ref">;

/**
 * A dialog that is open while it is rendered. When it goes, the focus goes back to what opened it:
 * it is taken out of the page, not closed, and the browser then leaves the focus nowhere.
 */
export function ModalDialog(props: ModalDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [back] = useState(() => waysBack(document.activeElement));
  useEffect(() => {
    if (dialog.current) ways.set(dialog.current, back);
    return () => giveBack(back);
  }, [back]);
  return <Dialog {...props} ref={dialog} open closeButton={false} />;
}

/** What opened the dialog; a menu is closed by then, so its button; after that, what opened the dialog it stood in. */
function waysBack(active: Element | null): Element[] {
  const menu = active?.closest("[popover]");
  const opener = menu ? document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`) : active;
  const around = active?.closest("dialog");
  return [...(opener ? [opener] : []), ...((around && ways.get(around)) ?? [])];
}

/** To the first that is still there and takes it, else to the heading of the page. */
function giveBack(back: Element[]) {
  for (const element of [...back, document.querySelector("main h1")]) {
    if (document.activeElement !== document.body) return;
    if (element instanceof HTMLElement && element.isConnected) element.focus();
  }
}

const ways = new WeakMap<HTMLDialogElement, Element[]>();
