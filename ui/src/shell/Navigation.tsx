import { ClipboardIcon, CogIcon, EyeIcon, FolderIcon, HouseIcon, KeyHorizontalIcon, LayersIcon, PersonGroupIcon, TokenIcon, SealCheckmarkIcon, TasklistIcon } from "@navikt/aksel-icons";
import type { ComponentType, SVGProps } from "react";
import { useApp } from "../app/app-state";
import { STEP_COUNT, type Path } from "../app/route";
import { useText } from "../i18n/text";
import type { Key } from "../i18n/catalogue";

/** The areas that exist; without an oppsett, those that need none. `onChoose` lets the drawer close itself. */
export function Navigation({ onChoose }: { onChoose?: () => void }) {
  const { t } = useText();
  const { profile } = useApp();
  return (
    <nav className="app-nav" aria-label={t("shell.nav")}>
      <ul className="app-nav-list">
        <Area path={profile ? "/" : "/velkommen"} onChoose={onChoose} />
      </ul>
      {profile && <Group title="shell.group.daily" paths={profile.consumer_org !== null || profile.consumers.length > 0 ? ["/token", "/token/alle"] : ["/token"]} onChoose={onChoose} />}
      <Group
        title="shell.group.setup"
        paths={profile ? ["/sertifikater", "/klient", "/filer", "/oppsett"] : ["/sertifikater"]}
        onChoose={onChoose}
      />
      {profile?.environment === "practice" && <Group title="shell.group.practice" paths={["/ovelse"]} onChoose={onChoose} />}
      <Group title="shell.group.help" paths={["/hjelp/lim-inn", "/innstillinger"]} onChoose={onChoose} />
    </nav>
  );
}

function Group({ title, paths, onChoose }: { title: GroupTitle; paths: AreaPath[]; onChoose?: () => void }) {
  const { t } = useText();
  return (
    <>
      <h2 className="app-nav-group" id={title}>
        {t(title)}
      </h2>
      <ul className="app-nav-list" aria-labelledby={title}>
        {paths.map((path) => (
          <Area key={path} path={path} onChoose={onChoose} />
        ))}
      </ul>
    </>
  );
}

function Area({ path, onChoose }: { path: AreaPath; onChoose?: () => void }) {
  const { t } = useText();
  const { route, road, go } = useApp();
  const { label, Icon } = AREAS[path];
  const count = path === "/" && road && road.done < STEP_COUNT ? road.done : null;
  return (
    <li>
      <a
        className="app-nav-link"
        href={`#${path}`}
        aria-current={isIn(route.path, path) ? "page" : undefined}
        data-testid={`nav-${path.slice(1) || "road"}`}
        onClick={(event) => {
          event.preventDefault();
          onChoose?.();
          go({ path });
        }}
      >
        <Icon aria-hidden fontSize="1.25rem" />
        <span className="app-nav-label">{t(label)}</span>
        {count !== null && <span className="app-nav-count">{t("shell.progress", { done: count, total: STEP_COUNT })}</span>}
      </a>
    </li>
  );
}

/** Pages opened only from the task list count as being in it. */
function isIn(here: Path, area: AreaPath): boolean {
  return here === area || (area === "/" && here.startsWith("/oppsett/"));
}

type AreaPath = "/token/alle" | "/oppsett" | "/" | "/velkommen" | "/token" | "/sertifikater" | "/klient" | "/filer" | "/ovelse" | "/hjelp/lim-inn" | "/innstillinger";
type AreaTitle = `shell.${"start" | "road" | "token" | "all" | "setups" | "certificates" | "client" | "files" | "practice" | "explain" | "settings"}`;
type GroupTitle = Extract<Key, `shell.group.${string}`>;

const AREAS: Record<AreaPath, { label: AreaTitle; Icon: ComponentType<SVGProps<SVGSVGElement>> }> = {
  "/velkommen": { label: "shell.start", Icon: HouseIcon },
  "/": { label: "shell.road", Icon: TasklistIcon },
  "/token": { label: "shell.token", Icon: TokenIcon },
  "/token/alle": { label: "shell.all", Icon: PersonGroupIcon },
  "/oppsett": { label: "shell.setups", Icon: LayersIcon },
  "/sertifikater": { label: "shell.certificates", Icon: SealCheckmarkIcon },
  "/klient": { label: "shell.client", Icon: KeyHorizontalIcon },
  "/filer": { label: "shell.files", Icon: FolderIcon },
  "/ovelse": { label: "shell.practice", Icon: EyeIcon },
  "/hjelp/lim-inn": { label: "shell.explain", Icon: ClipboardIcon },
  "/innstillinger": { label: "shell.settings", Icon: CogIcon },
};
