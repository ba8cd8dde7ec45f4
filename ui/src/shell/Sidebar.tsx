import { Button, Dialog } from "@digdir/designsystemet-react";
import { MenuHamburgerIcon } from "@navikt/aksel-icons";
import { useRef } from "react";
import { useApp } from "../app/app-state";
import { profileName } from "../app/names";
import { useText } from "../i18n/text";
import { Brand } from "./Brand";
import { LookControls } from "./LookControls";
import { Navigation } from "./Navigation";
import { SetupSelector } from "./SetupSelector";

/** Name, oppsett, areas, language and light or dark. */
export function Sidebar() {
  return (
    <header className="app-sidebar">
      <Brand />
      <SetupSelector />
      <Navigation />
      <LookControls />
    </header>
  );
}

/** The same on narrow windows: a bar with «Meny», which opens a drawer. */
export function TopBar() {
  const text = useText();
  const { profile } = useApp();
  const drawer = useRef<HTMLDialogElement>(null);
  const close = () => drawer.current?.close();
  return (
    <header className="app-topbar">
      <Button variant="tertiary" data-color="neutral" data-testid="menu" onClick={() => drawer.current?.showModal()}>
        <MenuHamburgerIcon aria-hidden fontSize="1.25rem" />
        {text.t("shell.menu")}
      </Button>
      <span className="app-topbar-name">{profile ? profileName(text, profile) : text.t("common.app")}</span>
      <Dialog ref={drawer} className="app-drawer" placement="left" closedby="any" closeButton={text.t("common.close")} aria-label={text.t("shell.menu")}>
        <div className="app-drawer-content">
          <Brand />
          <SetupSelector onChoose={close} />
          <Navigation onChoose={close} />
          <LookControls />
        </div>
      </Dialog>
    </header>
  );
}
