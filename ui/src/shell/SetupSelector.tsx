import { Divider, Dropdown } from "@digdir/designsystemet-react";
import { CheckmarkIcon, ChevronUpDownIcon, LayersIcon, PlusIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { useApp } from "../app/app-state";
import { useNewSetup } from "../app/begin";
import { profileName } from "../app/names";
import { useProduction } from "../app/production";
import { EnvTag } from "../components/EnvTag";
import { useText } from "../i18n/text";

/** Which oppsett everything on screen belongs to, and the way to another. */
export function SetupSelector({ onChoose }: { onChoose?: () => void }) {
  const text = useText();
  const { profile, profiles, report, go } = useApp();
  const production = useProduction();
  const newSetup = useNewSetup();
  const [open, setOpen] = useState(false);

  const choose = (act: () => Promise<unknown>) => () => {
    setOpen(false);
    onChoose?.();
    act().catch(report);
  };
  return (
    <Dropdown.TriggerContext>
      <Dropdown.Trigger className="app-setup" variant="secondary" data-color="neutral" data-testid="setup-selector" onClick={() => setOpen(!open)}>
        <span className="app-setup-text">
          <span className="app-setup-label">{text.t("shell.setup")}</span>
          <span className="app-setup-name">{profile ? profileName(text, profile) : text.t("shell.setup_none")}</span>
        </span>
        <ChevronUpDownIcon aria-hidden fontSize="1.25rem" />
      </Dropdown.Trigger>
      <Dropdown className="app-setup-menu" placement="bottom-start" open={open} onClose={() => setOpen(false)}>
        <Dropdown.List>
          {profiles.map((one) => (
            <Dropdown.Item key={one.id}>
              <Dropdown.Button
                aria-current={one.id === profile?.id ? "true" : undefined}
                data-testid={`setup-${one.id}`}
                onClick={choose(() => production.open(one))}
              >
                {one.id === profile?.id ? <CheckmarkIcon aria-hidden fontSize="1.25rem" /> : <span className="app-setup-gap" />}
                <span className="app-setup-item">{profileName(text, one)}</span>
                {one.environment && <EnvTag environment={one.environment} />}
              </Dropdown.Button>
            </Dropdown.Item>
          ))}
        </Dropdown.List>
        {profiles.length > 0 && <Divider />}
        <Dropdown.List>
          <Dropdown.Item>
            <Dropdown.Button data-testid="setup-new" onClick={choose(newSetup)}>
              <PlusIcon aria-hidden fontSize="1.25rem" />
              {text.t("shell.setup_new")}
            </Dropdown.Button>
          </Dropdown.Item>
          <Dropdown.Item>
            <Dropdown.Button data-testid="setup-all" onClick={choose(async () => go({ path: "/oppsett" }))}>
              <LayersIcon aria-hidden fontSize="1.25rem" />
              {text.t("shell.setups")}
            </Dropdown.Button>
          </Dropdown.Item>
        </Dropdown.List>
      </Dropdown>
    </Dropdown.TriggerContext>
  );
}
