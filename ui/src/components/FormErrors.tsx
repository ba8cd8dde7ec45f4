import { ErrorSummary } from "@digdir/designsystemet-react";
import { useEffect, useRef } from "react";
import { useText } from "../i18n/text";

/** One thing to mend: the id of its field, and the same text as stands there. */
export type FormError = { field: string; text: string };

type FormErrorsProps = {
  errors: FormError[];
  /** Counts the attempts to send: at each, the focus goes to what must be mended. */
  attempt: number;
};

/** Two errors or more: a summary that takes the focus and links to the fields. One: the field itself takes it. */
export function FormErrors({ errors, attempt }: FormErrorsProps) {
  const { t } = useText();
  const summary = useRef<HTMLElement>(null);
  const latest = useRef(errors);
  latest.current = errors;

  useEffect(() => {
    const [first, second] = latest.current;
    if (attempt === 0 || !first) return;
    if (second) summary.current?.focus();
    else document.getElementById(first.field)?.focus();
  }, [attempt]);

  if (errors.length < 2) return null;
  return (
    <ErrorSummary ref={summary as never} className="app-errors" tabIndex={-1}>
      <ErrorSummary.Heading>{t("common.errors")}</ErrorSummary.Heading>
      <ErrorSummary.List>
        {errors.map(({ field, text }) => (
          <ErrorSummary.Item key={field}>
            <ErrorSummary.Link
              href={`#${field}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(field)?.focus();
              }}
            >
              {text}
            </ErrorSummary.Link>
          </ErrorSummary.Item>
        ))}
      </ErrorSummary.List>
    </ErrorSummary>
  );
}
