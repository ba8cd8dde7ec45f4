import { Alert, Paragraph } from "@digdir/designsystemet-react";
import type { Failure } from "../bridge/wire";
import { failureText } from "../i18n/shared";
import { useText } from "../i18n/text";
import { saidParams } from "./said-params";

/** A command that was not carried out: what happened, why, and what to do, where the user asked for it. */
export function FailureAlert({ failure }: { failure: Failure }) {
  const text = useText();
  const said = failureText(text.language, { code: failure.code, params: saidParams(text, failure.params) });
  return (
    <Alert className="app-failure" data-color="danger" role="alert" data-testid="failure">
      <Paragraph className="app-failure-what">{said.what}</Paragraph>
      {said.why && <Paragraph>{said.why}</Paragraph>}
      {said.do.map((step) => (
        <Paragraph key={step}>{step}</Paragraph>
      ))}
    </Alert>
  );
}
