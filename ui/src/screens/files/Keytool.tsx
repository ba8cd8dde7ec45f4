import { Details, Paragraph } from "@digdir/designsystemet-react";
import { CodeBlock } from "../../components/CodeBlock";
import { useText } from "../../i18n/text";
import { keytoolCommand, type Draft } from "./draft";

/** The command that this page stands in for, for those who know it. */
export function Keytool({ draft, source }: { draft: Draft; source: string }) {
  const { t } = useText();
  const command = keytoolCommand(draft, source);
  if (command === null) return null;
  return (
    <Details className="app-files-more" data-color="neutral" data-testid="keytool">
      <Details.Summary>{t("files.keytool.title")}</Details.Summary>
      <Details.Content>
        <CodeBlock title={t("files.keytool.command")} code={command} />
        <Paragraph data-size="sm">{t("files.keytool.text")}</Paragraph>
        {draft.form === "jks" && <Paragraph data-size="sm">{t("files.keytool.jks")}</Paragraph>}
      </Details.Content>
    </Details>
  );
}
