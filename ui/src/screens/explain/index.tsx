import { Field, Heading, Label, Paragraph, Textarea, ValidationMessage } from "@digdir/designsystemet-react";
import { useEffect, useRef, useState } from "react";
import type { ExplainedFinding } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { FailureAlert } from "../../components/FailureAlert";
import { Page } from "../../components/Page";
import { useText } from "../../i18n/text";
import { FindingCard } from "./FindingCard";
import { useExplanation } from "./use-explanation";

/** Lim inn en feil. The text lives on this page only: it is gone when the page is left. */
export function ExplainScreen() {
  const { t } = useText();
  const [text, setText] = useState("");
  const [missing, setMissing] = useState(false);
  const { findings, answers, failure, ask, forget } = useExplanation();
  const field = useRef<HTMLTextAreaElement>(null);

  const find = async () => {
    const empty = text.trim() === "";
    setMissing(empty);
    if (empty) return field.current?.focus();
    const found = await ask(text);
    // A private key is not left standing in the field either.
    if (found.some(({ gravity }) => gravity === "secret")) setText("");
  };
  const clear = () => {
    setText("");
    setMissing(false);
    forget();
    field.current?.focus();
  };
  return (
    <Page title={t("explain.title")} lead={t("explain.lead")}>
      <div className="app-explain">
        <Field>
          <Label>{t("explain.text")}</Label>
          <Field.Description>{t("explain.text_help")}</Field.Description>
          <Textarea
            ref={field}
            className="app-explain-text"
            data-testid="explain-text"
            rows={8}
            spellCheck={false}
            autoComplete="off"
            aria-invalid={missing || undefined}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          {missing && <ValidationMessage>{t("explain.empty")}</ValidationMessage>}
        </Field>
        <Paragraph className="app-explain-local">{t("explain.local")}</Paragraph>
        <div className="app-explain-actions">
          <ActionButton data-testid="explain-button" onAct={find}>
            {t("explain.button")}
          </ActionButton>
          <ActionButton variant="secondary" data-testid="explain-clear" onAct={clear}>
            {t("explain.clear")}
          </ActionButton>
        </div>
        {failure && <FailureAlert failure={failure} />}
        {findings && <Findings findings={findings} answers={answers} />}
      </div>
    </Page>
  );
}

type FindingsProps = {
  findings: ExplainedFinding[];
  /** At each new answer the focus goes to the heading. */
  answers: number;
};

/** What was found, gravest first. Takes the focus, so that it is read. */
function Findings({ findings, answers }: FindingsProps) {
  const { t } = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [answers]);
  const count = findings.length;
  return (
    <section className="app-explain-findings" data-testid="explain-findings">
      <Heading ref={heading} level={2} data-size="xs" tabIndex={-1} data-answer-heading>
        {count > 0 ? t("explain.found", { count }) : t("explain.nothing")}
      </Heading>
      {count === 0 && <Paragraph>{t("explain.nothing_text")}</Paragraph>}
      {findings.map((finding, index) => (
        <FindingCard key={`${finding.id} ${index}`} finding={finding} />
      ))}
    </section>
  );
}
