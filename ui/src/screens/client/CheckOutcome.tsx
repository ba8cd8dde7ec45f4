import { Alert, Heading, Paragraph } from "@digdir/designsystemet-react";
import { useEffect, useRef } from "react";
import { useApp } from "../../app/app-state";
import type { Mode } from "../../app/route";
import type { Identity, Profile } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { durationText } from "../../components/duration";
import { ErrorPanel } from "../../components/ErrorPanel";
import { useNow } from "../../components/use-now";
import { useText } from "../../i18n/text";
import type { ClientCheck, ClientCheckState } from "./use-client-check";

/** Under the field: not known yet, or it works. */
export function CheckProgress({ flow, mode }: { flow: ClientCheck; mode: Mode }) {
  const { state } = flow;
  const box = useAnswerFocus(state.kind === "works");
  return (
    <div ref={box} className="app-client-outcome">
      {state.kind === "waiting" && <Waiting state={state} onStop={flow.stop} />}
      {state.kind === "works" && <Works mode={mode} />}
    </div>
  );
}

/** Across the page: why Maskinporten said no. */
export function CheckRefused({ profile, identity, flow }: { profile: Profile; identity: Identity | null; flow: ClientCheck }) {
  const { state } = flow;
  const box = useAnswerFocus(state.kind === "failed");
  return (
    <div ref={box} className="app-client-outcome">
      {state.kind === "failed" && (
        <ErrorPanel
          failure={state.failure}
          at={state.at}
          times={state.times}
          profile={profile}
          identity={identity}
          scopes={profile.scopes}
          consumer={profile.consumer_org}
          clientId={state.clientId}
          onRetry={() => flow.check(state.clientId)}
        />
      )}
    </div>
  );
}

/** The focus goes to the heading of the answer when it comes. */
function useAnswerFocus(here: boolean) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!here) return;
    box.current?.scrollIntoView({ block: "nearest" });
    box.current?.querySelector<HTMLElement>("[data-answer-heading]")?.focus({ preventScroll: true });
  }, [here]);
  return box;
}

function Waiting({ state, onStop }: { state: Extract<ClientCheckState, { kind: "waiting" }>; onStop: () => void }) {
  const text = useText();
  const { t } = text;
  const left = Math.max(0, state.nextAt - useNow(true));
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <Alert ref={box} data-color="info" data-testid="client-waiting">
      <div role="status">
        <Heading level={2} data-size="2xs">
          {t("client.waiting.title")}
        </Heading>
        <Paragraph>{t("client.waiting.text")}</Paragraph>
      </div>
      <div className="app-row">
        <ActionButton variant="secondary" data-color="accent" data-testid="stop-waiting" onAct={onStop}>
          {t("client.waiting.stop")}
        </ActionButton>
        <span data-testid="client-countdown" className="app-digits">
          {state.asking || left === 0 ? t("client.waiting.now") : t("client.waiting.next", { time: durationText(text, left) })}
        </span>
      </div>
    </Alert>
  );
}

function Works({ mode }: { mode: Mode }) {
  const { t } = useText();
  const { go } = useApp();
  return (
    <Alert data-color="success" role="alert" data-testid="client-works">
      <Heading level={2} data-size="2xs" tabIndex={-1} data-answer-heading>
        {t("client.works.title")}
      </Heading>
      <Paragraph>{t("client.works.text")}</Paragraph>
      <ActionButton arrow data-color="accent" data-testid="client-continue" onAct={() => go(mode === "step" ? { path: "/" } : { path: "/token" })}>
        {mode === "step" ? t("client.works.go_on") : t("client.works.token")}
      </ActionButton>
    </Alert>
  );
}
