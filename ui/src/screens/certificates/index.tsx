import { useApp } from "../../app/app-state";
import type { Mode } from "../../app/route";
import type { Identity } from "../../bridge/wire";
import { useHeadingFocus } from "../../components/use-heading-focus";
import { DropView } from "./DropView";
import { FoundView } from "./FoundView";
import { ListView } from "./ListView";
import { OwnKeyView } from "./OwnKeyView";
import { PasswordView } from "./PasswordView";
import { ShowView } from "./ShowView";
import { EMPTY_DROP } from "./import-state";
import { useIdentities } from "./use-identities";
import { useImport } from "./use-import";

/** Sertifikater: import a file, see what it holds, and look after what has been imported. */
export function CertificatesScreen({ mode }: { mode: Mode; tab?: string }) {
  const { identities, reload } = useIdentities();
  if (identities === null) return null;
  return <Certificates mode={mode} identities={identities} reload={reload} />;
}

type CertificatesProps = { mode: Mode; identities: Identity[]; reload: () => Promise<void> };

function Certificates({ mode, identities, reload }: CertificatesProps) {
  const flow = useImport(mode, identities, reload);
  const { view } = flow.state;
  const shown = (id: string | null) => identities.find((identity) => identity.id === id);
  const { profile } = useApp();
  useHeadingFocus(view.kind, "password");

  switch (view.kind) {
    case "drop":
      return <DropView flow={flow} view={view} mode={mode} />;
    case "opening":
      return <DropView flow={flow} view={READING} mode={mode} />;
    case "password":
      return <PasswordView key={view.file.handle} flow={flow} file={view.file} keyLocked={view.keyLocked} mode={mode} />;
    case "found":
      return <FoundView flow={flow} view={view} mode={mode} />;
    case "ready":
    case "show": {
      const identity = shown(view.kind === "show" ? view.id : (profile?.identity ?? null));
      if (identity) return <ShowView flow={flow} identity={identity} mode={mode} />;
      return <ListView flow={flow} identities={identities} />;
    }
    case "own":
      return <OwnKeyView flow={flow} mode={mode} />;
    case "list":
      if (identities.length === 0) return <DropView flow={flow} view={EMPTY_DROP} mode={mode} />;
      return <ListView flow={flow} identities={identities} />;
  }
}

/** A file that is being opened without a password looks like one that is being read. */
const READING = { kind: "drop", failure: null, reading: true } as const;
