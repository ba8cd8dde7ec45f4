import { Alert, Details, Heading, Paragraph, Tag } from "@digdir/designsystemet-react";
import { ArrowsCirclepathIcon } from "@navikt/aksel-icons";
import { useEffect, useState, type ReactNode } from "react";
import { useApp } from "../app/app-state";
import type { Failure, Identity, Profile } from "../bridge/wire";
import { failureText, sourceText, whoText } from "../i18n/shared";
import { useText } from "../i18n/text";
import { ActionButton } from "./ActionButton";
import { AppLink } from "./AppLink";
import { CodeBlock } from "./CodeBlock";
import { MailDraft } from "./MailDraft";
import { OutLink } from "./OutLink";
import { refusalDrafts } from "./refusal-drafts";
import { PORTAL, remediesFor, type Remedy } from "./refusal-help";
import { saidParams } from "./said-params";
import { ScopeText } from "./ScopeText";
import { useNow } from "./use-now";

type ErrorPanelProps = {
  failure: Failure;
  /** When it came, where the other side did not say; seconds since 1970. */
  at: number;
  /** How many times in a row it came. */
  times: number;
  profile: Profile;
  identity: Identity | null;
  /** The scopes that were asked for, which need not be those of the oppsett. */
  scopes: string[];
  /** The customer that was asked for, nine digits. */
  consumer: string | null;
  /** The client id that was tried, when it is not the oppsett's own. */
  clientId?: string;
  onRetry: () => Promise<unknown>;
  busy?: boolean;
  /** How the new try goes. */
  progress?: ReactNode;
};

/** What happened, why, what to do, who can help; and the other side's own words for those who want them. */
export function ErrorPanel(props: ErrorPanelProps) {
  const { failure, profile, identity, scopes, consumer } = props;
  const text = useText();
  const { t } = text;
  const { start } = useApp();
  const service = start.services.find(({ id }) => id === profile.service) ?? null;
  const at = failure.detail?.at ?? props.at;
  const status = failure.detail?.http_status ?? failure.params.status ?? STATUS[failure.code];
  const said = failureText(text.language, { code: failure.code, params: allParams() });
  const who = whoText(text.language, failure.code);
  const source = sourceText(text.language, failure.code);
  const drafts = refusalDrafts(text, failure, { profile, identity, service, scopes, consumer, clientId: props.clientId ?? null, at });

  function allParams() {
    const certificate = identity?.certificate;
    return {
      scope: scopes.join(" "),
      organisation: certificate?.organisation ?? profile.order_form.organisation,
      client_id: props.clientId ?? profile.client_id ?? "",
      ...saidParams(text, {
        environment: profile.environment ?? "",
        org: certificate?.org_number ?? profile.order_form.org_number,
        ...failure.params,
      }),
    };
  }

  return (
    <div className="app-error" data-testid="error-panel">
      <Alert data-color="danger" role="alert" className="app-error-alert">
        <Heading level={2} data-size="xs" tabIndex={-1} data-answer-heading>
          {said.what}
        </Heading>
        {said.why && <Paragraph>{withScopes(said.why, scopes)}</Paragraph>}
        {props.times >= OFTEN && <Paragraph data-testid="error-repeated">{t("refusal.repeated")}</Paragraph>}
        <div className="app-error-actions">
          <ActionButton
            data-color={profile.environment === "production" ? "prod" : "accent"}
            data-requests-token
            data-testid="retry"
            busy={props.busy}
            start={<ArrowsCirclepathIcon aria-hidden fontSize="1.25rem" />}
            onAct={props.onRetry}
          >
            {t("common.retry")}
          </ActionButton>
          {failure.detail?.mp_code && (
            <Tag variant="outline" data-color="danger" data-testid="error-code">
              {failure.detail.mp_code}
            </Tag>
          )}
          {WAITS.includes(failure.code) && <Wait key={at} seconds={failure.params.seconds} from={at} />}
          <span className="app-error-facts">
            {status
              ? t("refusal.status", { status, time: text.time(at) })
              : t("refusal.status_none", { time: text.time(at) })}
          </span>
        </div>
        {props.progress}
      </Alert>
      <div className="app-error-columns" data-single={drafts.length === 0 || undefined}>
        <div className="app-error-help">
          <ToDo steps={said.do} remedies={remediesFor(failure.code, profile)} profile={profile} />
          {who && (
            <Paragraph data-size="sm" data-testid="error-who">
              {who}
            </Paragraph>
          )}
          {source && (
            <Paragraph data-size="sm" className="app-error-source" data-testid="error-source">
              {source}
            </Paragraph>
          )}
          {failure.detail?.body && <Answer body={failure.detail.body} trace={failure.detail.trace_id} />}
        </div>
        {drafts.length > 0 && <MailDraft rows={14} key={failure.code} drafts={drafts} label={t("refusal.mail_title")} />}
      </div>
    </div>
  );
}

/** How long the server wants us to wait, counted down; nothing when it did not say, or when it is over. */
function Wait({ seconds, from }: { seconds: string | undefined; from: number }) {
  const { t } = useText();
  const until = from + (Number(seconds) || 0);
  const [running, setRunning] = useState(until > from);
  const left = until - useNow(running);
  useEffect(() => setRunning(left > 0), [left]);
  return left > 0 ? (
    <span className="app-error-wait" role="timer" data-testid="error-wait">
      {t("refusal.wait", { count: left })}
    </span>
  ) : null;
}

/** The sentence with its scopes set as scopes. */
function withScopes(sentence: string, scopes: string[]): ReactNode {
  const scope = scopes.join(" ");
  const [before, ...after] = scope ? sentence.split(scope) : [sentence];
  return after.length === 1 ? (
    <>
      {before}
      <ScopeText scope={scope} />
      {after[0]}
    </>
  ) : (
    sentence
  );
}

function ToDo({ steps, remedies, profile }: { steps: string[]; remedies: Remedy[]; profile: Profile }) {
  const { t } = useText();
  return (
    <section>
      <Heading level={2} data-size="2xs">
        {t("refusal.do")}
      </Heading>
      <ol className="app-error-steps">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <ul className="app-error-links">
        {remedies.map((remedy) => (
          <li key={remedy.id}>
            {remedy.id === "portal" ? (
              <OutLink address={PORTAL[profile.environment === "production" ? "production" : "test"]}>{t("refusal.go.portal")}</OutLink>
            ) : (
              <AppLink to={{ path: remedy.path }}>{t(`refusal.go.${remedy.id}`)}</AppLink>
            )}
          </li>
        ))}
        <li>
          <AppLink to={{ path: "/hjelp/lim-inn" }} data-testid="go-explain">
            {t("refusal.go.explain")}
          </AppLink>
        </li>
      </ul>
    </section>
  );
}

function Answer({ body, trace }: { body: string; trace: string | null }) {
  const { t } = useText();
  return (
    <Details data-color="neutral" className="app-error-answer">
      <Details.Summary>{t("refusal.answer")}</Details.Summary>
      <Details.Content>
        {trace && <Paragraph data-size="sm">{t("refusal.trace", { id: trace })}</Paragraph>}
        <CodeBlock title={t("refusal.answer_name")} code={body} lang="en" testId="raw-answer" />
      </Details.Content>
    </Details>
  );
}

/** The status that a failure always has, where it is not told with it. */
const STATUS: Record<string, number> = { server_busy: 429, server_paused: 503 };

/** Where the seconds are how long to wait; elsewhere they are how wrong a clock is. */
const WAITS = ["server_busy", "server_paused"];

/** From the third time on, trying again is no longer advice. */
const OFTEN = 3;
