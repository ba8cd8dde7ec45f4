import { Alert, Heading, Paragraph } from "@digdir/designsystemet-react";
import { FileTextIcon, FolderIcon } from "@navikt/aksel-icons";
import { useEffect, useRef } from "react";
import { useApp } from "../../app/app-state";
import type { Mode } from "../../app/route";
import { useBridge } from "../../bridge/context";
import type { SavedFile, SavedFiles } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { CodeBlock } from "../../components/CodeBlock";
import { CopyButton } from "../../components/CopyButton";
import { Page } from "../../components/Page";
import { useClearing } from "../../components/use-clearing";
import { useText, type Text } from "../../i18n/text";

type DoneViewProps = { saved: SavedFiles; mode: Mode; onAnother: () => void };

/** The second page: where the files are, and the password once more. */
export function DoneView({ saved, mode, onAnother }: DoneViewProps) {
  const { t } = useText();
  const { go } = useApp();
  const config = saved.files.find(({ content }) => content === "config");
  useForgetting();
  return (
    <Page
      title={t("files.done.title")}
      lead={t("files.done.lead")}
      step={mode === "step" ? 8 : undefined}
      actions={
        <>
          <ActionButton arrow data-size="md" data-testid="files-finish" onAct={() => go({ path: "/" })}>
            {t("files.done.finish")}
          </ActionButton>
          <ActionButton variant="secondary" data-size="md" data-testid="files-another" onAct={onAnother}>
            {t("files.done.another")}
          </ActionButton>
        </>
      }
    >
      <div className="app-import">
        <ul className="app-saved" aria-label={t("files.done.list")} data-testid="saved-files">
          {saved.files.map((file) => (
            <Saved key={file.handle} file={file} />
          ))}
        </ul>
        {saved.left_out.length > 0 && (
          <Alert data-color="info">
            <Paragraph>{t("files.done.left_out", { names: saved.left_out.join(", ") })}</Paragraph>
          </Alert>
        )}
        {config && saved.config !== null && (
          <section>
            <Heading level={2} data-size="2xs">
              {t("files.done.preview")}
            </Heading>
            <CodeBlock title={config.name} code={saved.config} testId="config-text" />
          </section>
        )}
      </div>
    </Page>
  );
}

function Saved({ file }: { file: SavedFile }) {
  const text = useText();
  const { t } = text;
  const bridge = useBridge();
  const { handle, name } = file;
  const clearing = useClearing(() => bridge.copyFilePassword(handle));
  const Icon = file.content === "config" ? FileTextIcon : FolderIcon;
  return (
    <li className="app-saved-file">
      <Icon aria-hidden fontSize="1.75rem" />
      <div className="app-saved-what">
        <span className="app-saved-name">{name}</span>
        <span className="app-cert-list-facts">{factsOf(text, file)}</span>
        <span role="status" className="app-cert-list-facts">
          {clearing.said}
        </span>
      </div>
      <div className="app-row">
        <ActionButton
          variant="secondary"
          data-color="neutral"
          aria-label={t("files.done.show_named", { name })}
          data-testid={`show-${file.content}`}
          onAct={() => bridge.showWrittenFile(handle)}
        >
          {t("files.done.show")}
        </ActionButton>
        {file.locked && (
          <CopyButton
            data-color="neutral"
            label={t("files.password.copy")}
            name={t("files.done.copy_named", { name })}
            data-testid="copy-file-password"
            onCopy={clearing.run}
          />
        )}
      </div>
    </li>
  );
}

function factsOf({ t }: Text, { content, alias, locked }: SavedFile): string {
  if (content !== "key") return t(content === "config" ? "files.done.config" : "files.done.public");
  if (!locked) return t("files.done.key_open");
  return alias === null ? t("files.done.key") : t("files.done.key_alias", { alias });
}

/** The program keeps the passwords of the files as long as they can be copied here, and no longer. */
function useForgetting() {
  const bridge = useBridge();
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
      // A repeated effect shows the page again at once.
      queueMicrotask(() => {
        if (!here.current) void bridge.forgetFiles().catch(() => undefined);
      });
    };
  }, [bridge]);
}
