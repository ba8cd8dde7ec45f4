import { Field, Label, Paragraph, Select } from "@digdir/designsystemet-react";
import type { Tool } from "../../bridge/wire";
import { useText } from "../../i18n/text";
import { toolsFor, type Draft } from "./draft";

type ToolFieldProps = { draft: Draft; hasClient: boolean; onChoose: (tool: Tool | null) => void };

/** Which tool is to have a configuration file beside the key. Only those that can read the key are offered. */
export function ToolField({ draft, hasClient, onChoose }: ToolFieldProps) {
  const { t } = useText();
  const tools = toolsFor(draft.form, draft.of);
  if (tools.length === 0) return null;
  if (!hasClient) return <Paragraph data-testid="tool-without-client">{t("files.tool.without_client")}</Paragraph>;
  return (
    <Field>
      <Label>{t("files.tool.label")}</Label>
      <Field.Description>{t("files.tool.help")}</Field.Description>
      <Select value={draft.tool ?? ""} data-testid="tool" onChange={(event) => onChoose((event.target.value || null) as Tool | null)}>
        {tools.map((tool) => (
          <Select.Option key={tool} value={tool}>
            {t(`files.tool.names.${tool}`)}
          </Select.Option>
        ))}
        <Select.Option value="">{t("files.tool.none")}</Select.Option>
      </Select>
    </Field>
  );
}
