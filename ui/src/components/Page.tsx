import { Alert, Heading, Paragraph } from "@digdir/designsystemet-react";
import { ArrowLeftIcon } from "@navikt/aksel-icons";
import { useEffect, useRef, type ReactNode } from "react";
import { useApp } from "../app/app-state";
import { useTitle } from "../app/use-title";
import { STEP_COUNT, STEP_ROUTES } from "../app/route";
import { useText } from "../i18n/text";
import { AppLink } from "./AppLink";

type PageProps = {
  title: string;
  lead?: ReactNode;
  /** Number of the step, on pages opened from the task list: shows «← Veien til token | Steg 4 av 8». */
  step?: number;
  /** The right column; falls below on narrow windows. */
  aside?: ReactNode;
  /** The row of buttons at the bottom: one primary, and its companions. */
  actions?: ReactNode;
  /** The buttons stand under the content, not under both columns: for a side column that may be tall. */
  actionsBeside?: boolean;
  /** Two equal columns (1060 px) instead of text with a side column (960 px). */
  wide?: boolean;
  /** Width of the side column: 17 rem on the task list, 19.5 rem elsewhere, or half. */
  asideSize?: "sm" | "md" | "lg";
  /** The page is one form: Enter in a field presses the button of type "submit" among the actions. */
  form?: boolean;
  /** Title of the window, when it differs from the heading. */
  windowTitle?: string;
  children?: ReactNode;
};

/** One page: caption, heading, lead, content, side column and buttons. Takes the focus when navigated to. */
export function Page({ title, lead, step, aside, actions, asideSize = "md", actionsBeside, wide, form, windowTitle, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { moves } = useApp();
  useTitle(windowTitle ?? title);

  // At start nothing has been navigated to, and the skip link must be the first stop.
  useEffect(() => {
    if (moves > 0) heading.current?.focus();
  }, [moves]);

  const content = (
    <>
      <div className="app-page-columns" data-aside={aside ? asideSize : undefined} data-lead={lead ? true : undefined}>
        <div className="app-page-content">{children}</div>
        {aside && <div className="app-page-aside">{aside}</div>}
        {actionsBeside && <div className="app-page-actions">{actions}</div>}
      </div>
      {actions && !actionsBeside && <div className="app-page-actions">{actions}</div>}
    </>
  );

  return (
    <div className="app-page" data-wide={wide || undefined}>
      {step !== undefined && <StepCaption number={step} />}
      <Heading ref={heading} level={1} data-size="lg" tabIndex={-1} className="app-page-title">
        {title}
      </Heading>
      {lead && (
        <Paragraph className="app-page-lead" data-size="lg">
          {lead}
        </Paragraph>
      )}
      {step !== undefined && <Blocked number={step} />}
      {form ? (
        <form noValidate onSubmit={(event) => event.preventDefault()}>
          {content}
        </form>
      ) : (
        content
      )}
    </div>
  );
}

function StepCaption({ number }: { number: number }) {
  const { t } = useText();
  return (
    <div className="app-step-caption">
      <ArrowLeftIcon aria-hidden fontSize="1.25rem" />
      <AppLink to={{ path: "/" }} data-testid="back-to-road">
        {t("shell.road")}
      </AppLink>
      <span className="app-step-caption-number">{t("shell.step", { number, total: STEP_COUNT })}</span>
    </div>
  );
}

/** What must be done first, said at the top; the page itself stays usable. The token page says it in its own way. */
function Blocked({ number }: { number: number }) {
  const { t, maybe } = useText();
  const { road } = useApp();
  const step = road?.steps.find((step) => step.number === number);
  const missing = step?.status === "blocked" && number < SELF_SAYING ? step.missing : null;
  const route = missing === null ? null : STEP_ROUTES[missing];
  if (missing === null || !route) return null;
  return (
    <Alert className="app-blocked" data-color="info" data-testid="blocked">
      <Paragraph>{t("common.blocked", { number: missing, title: maybe(`road.task.${missing}`) ?? "" })}</Paragraph>
      <AppLink to={route}>{t("common.blocked_go", { number: missing })}</AppLink>
    </Alert>
  );
}

/** From this step on, the page names what is missing itself. */
const SELF_SAYING = 6;
