import { useText } from "../i18n/text";
import { CopyButton } from "./CopyButton";

type CodeBlockProps = {
  title: string;
  code: string;
  /** The language of its words, when it is another than the window's. */
  lang?: "en";
  /** Copies what stands here unless told otherwise. */
  onCopy?: () => Promise<unknown>;
  testId?: string;
};

/** Text for machines: scrolls inside itself, can be reached with the keyboard and copied whole. */
export function CodeBlock({ title, code, lang, onCopy, testId }: CodeBlockProps) {
  const { t } = useText();
  return (
    <div className="app-code" data-testid={testId}>
      <div className="app-code-head">
        <span className="app-code-title">{title}</span>
        <CopyButton data-color="neutral" text={code} onCopy={onCopy} name={t("common.copy_named", { label: title })} />
      </div>
      <pre className="app-code-text" tabIndex={0} role="region" aria-label={title}>
        <span lang={lang}>{code}</span>
      </pre>
    </div>
  );
}
