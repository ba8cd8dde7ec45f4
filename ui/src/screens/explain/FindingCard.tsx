import { Card, Heading, Paragraph, Tag } from "@digdir/designsystemet-react";
import type { ExplainedFinding, FindingGravity } from "../../bridge/wire";
import { useText } from "../../i18n/text";

/** One finding: what, why, what to do, who can help, and where it is known from. */
export function FindingCard({ finding }: { finding: ExplainedFinding }) {
  const { t } = useText();
  const { what, why, code, gravity, line, who, source } = finding;
  return (
    <Card className="app-finding" data-color={COLOURS[gravity]} data-gravity={gravity} data-testid="finding">
      <div className="app-finding-tags">
        <Tag data-color={COLOURS[gravity]}>{t(`explain.gravity.${gravity}`)}</Tag>
        {code && (
          <Tag variant="outline" data-color="neutral">
            {code}
          </Tag>
        )}
        {line !== null && <span className="app-finding-line">{t("explain.line", { number: line })}</span>}
      </div>
      <Heading level={3} data-size="2xs">
        {what}
      </Heading>
      {why && <Paragraph>{why}</Paragraph>}
      <div>
        <Paragraph className="app-finding-do">{t("explain.do")}</Paragraph>
        <ol className="app-finding-steps">
          {finding.do.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </div>
      <Paragraph data-size="sm">{who}</Paragraph>
      <Paragraph data-size="sm" className="app-finding-source">
        {source}
      </Paragraph>
    </Card>
  );
}

const COLOURS: Record<FindingGravity, "danger" | "warning" | "info" | "neutral"> = {
  secret: "danger",
  refused: "danger",
  wrong: "warning",
  doubtful: "info",
  remark: "neutral",
};
