import { Button, Dropdown } from "@digdir/designsystemet-react";
import { MenuElipsisHorizontalIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { useApp } from "../../app/app-state";
import { profileName } from "../../app/names";
import { useProduction } from "../../app/production";
import { useBridge } from "../../bridge/context";
import type { Profile } from "../../bridge/wire";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { EnvTag } from "../../components/EnvTag";
import { ScopeText } from "../../components/ScopeText";
import { shortId } from "../../i18n/formats";
import { useText } from "../../i18n/text";
import { CopyDialog } from "./CopyDialog";
import { NameDialog } from "./NameDialog";

type SetupRowProps = { profile: Profile; active: boolean; onExport: () => Promise<void> };

type Asking = "name" | "copy" | "remove" | null;

/** One oppsett: what it is, the way to it, and a menu of what can be done with it. */
export function SetupRow({ profile, active, onExport }: SetupRowProps) {
  const text = useText();
  const { t } = text;
  const bridge = useBridge();
  const { refresh, report, activate, profiles, go } = useApp();
  const production = useProduction();
  const [open, setOpen] = useState(false);
  const [asking, ask] = useState<Asking>(null);
  const name = profileName(text, profile);
  // The same API in two environments is two oppsett of one name.
  const whole = profile.environment ? t("setups.whole", { name, environment: t(`env.${profile.environment}.name`) }) : name;

  const choose = (act: () => Promise<unknown> | void) => () => {
    setOpen(false);
    Promise.resolve(act()).catch(report);
  };
  const forAll = async () => {
    if (await production.open(profile)) go({ path: "/token/alle" });
  };
  const remove = async () => {
    await bridge.removeProfile(profile.id);
    ask(null);
    const next = profiles.find(({ id }) => id !== profile.id);
    // The program has chosen another one by itself; so does the page.
    if (active && next) await activate(next.id);
    else await refresh();
  };
  const items = [
    { id: "rename", label: t("setups.rename"), act: () => ask("name") },
    { id: "copy", label: t("setups.copy"), act: () => ask("copy") },
    { id: "export", label: t("setups.export"), act: onExport },
    { id: "all", label: t("setups.all"), act: forAll },
    { id: "remove", label: t("setups.remove"), act: () => ask("remove") },
  ];
  return (
    <li className="app-setups-row" aria-current={active ? "true" : undefined} data-testid={`row-${profile.id}`}>
      <div className="app-setups-what">
        <span className="app-row">
          <strong>{name}</strong>
          {profile.environment && <EnvTag environment={profile.environment} />}
        </span>
        {active && <span className="app-small">{t("setups.current")}</span>}
        {profile.client_id === null ? (
          <span className="app-small">{t("setups.no_client")}</span>
        ) : (
          <code className="app-mono">{shortId(profile.client_id)}</code>
        )}
        {profile.scopes.map((scope) => (
          <span key={scope} className="app-small">
            <ScopeText scope={scope} />
          </span>
        ))}
      </div>
      <div className="app-row">
        {!active && (
          <Button
            variant="secondary"
            aria-label={t("setups.open_named", { name: whole })}
            data-testid={`open-${profile.id}`}
            onClick={() => void production.open(profile).catch(report)}
          >
            {t("setups.open")}
          </Button>
        )}
        <Dropdown.TriggerContext>
          <Dropdown.Trigger
            variant="tertiary"
            data-color="neutral"
            aria-label={t("setups.more_named", { name: whole })}
            data-testid={`more-${profile.id}`}
            onClick={() => setOpen(!open)}
          >
            <MenuElipsisHorizontalIcon aria-hidden fontSize="1.25rem" />
            {t("setups.more")}
          </Dropdown.Trigger>
          <Dropdown placement="bottom-end" open={open} onClose={() => setOpen(false)}>
            <Dropdown.List>
              {items.map(({ id, label, act }) => (
                <Dropdown.Item key={id}>
                  <Dropdown.Button data-testid={`${id}-${profile.id}`} onClick={choose(act)}>
                    {label}
                  </Dropdown.Button>
                </Dropdown.Item>
              ))}
            </Dropdown.List>
          </Dropdown>
        </Dropdown.TriggerContext>
      </div>
      {asking === "name" && <NameDialog profile={profile} onDone={() => ask(null)} />}
      {asking === "copy" && <CopyDialog profile={profile} name={whole} onDone={() => ask(null)} />}
      {asking === "remove" && (
        <ConfirmDialog
          title={t("setups.removing.title", { name: whole })}
          text={t("setups.removing.text")}
          yes={t("setups.removing.yes")}
          no={t("common.cancel")}
          color="danger"
          onYes={remove}
          onNo={() => ask(null)}
          testId="remove-setup"
        />
      )}
    </li>
  );
}
