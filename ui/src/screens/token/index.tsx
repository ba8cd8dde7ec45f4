import { useState } from "react";
import { useApp } from "../../app/app-state";
import type { Mode } from "../../app/route";
import type { Failure, Foresight, Profile } from "../../bridge/wire";
import { ErrorPanel } from "../../components/ErrorPanel";
import { FailureAlert } from "../../components/FailureAlert";
import { MissingStepAlert } from "../../components/MissingStepAlert";
import { Page } from "../../components/Page";
import { useNow } from "../../components/use-now";
import { useOnce } from "../../components/use-once";
import { useText, type Text } from "../../i18n/text";
import { useIdentities } from "../certificates/use-identities";
import { ClockNotice } from "./ClockNotice";
import { ForesightList } from "./ForesightList";
import { missingStep } from "./missing";
import { RequestBox } from "./RequestBox";
import { RequestProgress } from "./RequestProgress";
import { TokenResult } from "./TokenResult";
import { useTokenDesk, type TokenDesk } from "./token-store";
import { Tune } from "./Tune";
import { goToFault, goToTuneField, type TuneField } from "./tune-field";
import { faultsOf, mended, optionsOf, tuningOf } from "./tuning";
import { Using } from "./Using";
import { useAnswerFocus } from "./use-answer-focus";
import { useForesights } from "./use-foresights";
import { useSending } from "./use-sending";
import { useTokenKeys } from "./use-token-keys";

/** Hent token: one button, then the token in plain words, or the refusal in plain words. */
export function TokenScreen({ mode, tab }: { mode: Mode; tab?: string }) {
  const { profile } = useApp();
  if (profile) return <TokenPage key={profile.id} profile={profile} mode={mode} tab={tab} />;
  return <NoProfile mode={mode} />;
}

function NoProfile({ mode }: { mode: Mode }) {
  const { t } = useText();
  return (
    <Page title={t("token.title")} lead={t("token.lead.missing")} step={mode === "step" ? 6 : undefined}>
      <MissingStepAlert primary title={t("token.missing.title")} step={1} />
    </Page>
  );
}

type TokenPageProps = { profile: Profile; mode: Mode; tab?: string };

function TokenPage({ profile, mode, tab }: TokenPageProps) {
  const text = useText();
  const { refresh } = useApp();
  const { identities } = useIdentities();
  const desk = useTokenDesk(profile.id, refresh);
  const [tuning, tune] = useState(() => tuningOf(profile));
  const now = useNow(desk.token !== null);
  const { token, failure } = desk;
  const missing = missingStep(profile);
  const identity = identities?.find(({ id }) => id === profile.identity) ?? null;
  const options = optionsOf(tuning, profile);
  const faults = faultsOf(tuning);
  const sendable = Object.keys(faults).length === 0;
  const [pressed, press] = useState(false);
  const showFault = () => {
    press(true);
    goToFault(faults);
  };
  const { request, retry, changed, question } = useSending({ profile, options, onFault: sendable ? null : showFault, desk });
  // A field that is typed in says itself what is wrong; one that came with the oppsett is folded away.
  const readable = missing === null && (sendable || Object.keys(options).length === 0);
  const foresights = useForesights({ profile: profile.id, options, readable, answers: desk.answers });
  const goToField = (field: TuneField, { params: { scope, suggestion } }: Foresight) => {
    // The one that was meant takes the place of one that is misspelt.
    if (scope && suggestion) tune((typed) => mended(typed, scope, suggestion));
    goToTuneField(field);
  };
  // Beside a token only what would stop the next one.
  const foreseen = token ? foresights.filter(({ gravity }) => gravity !== "note") : foresights;
  const clock = Number(failure ? failure.params.clock_offset_s : token?.clock?.offset_s) || null;
  // The button and the keys press the same thing: it goes once at a time.
  const sending = useOnce((again: boolean) => (again ? retry() : request()));
  const onRequest = () => sending.run(false);
  useAnswerFocus(desk.answers);
  useTokenKeys({ profile, request: missing === null ? onRequest : null });

  return (
    <Page
      wide
      title={text.t("token.title")}
      lead={leadOf(text, desk, now, missing !== null)}
      step={mode === "step" ? (tab === "use" ? 7 : 6) : undefined}
    >
      <div className="app-token-page">
        <Using profile={profile} identity={identity} />
        {failure && (
          <ErrorPanel
            failure={failure}
            times={desk.times}
            profile={profile}
            identity={identity}
            at={desk.failed.at}
            scopes={desk.failed.options.scopes ?? profile.scopes}
            consumer={desk.failed.options.consumer_org ?? profile.consumer_org}
            busy={desk.since !== null}
            progress={<RequestProgress desk={desk} />}
            onRetry={() => sending.run(true)}
          />
        )}
        {clock && <ClockNotice offset={clock} />}
        {/* Before the button, wherever it stands. Of the request that was refused, the refusal tells. */}
        {missing === null && (!failure || changed) && <ForesightList foresights={foreseen} onField={goToField} />}
        {token && (!failure || token.expires_at > now) && (
          <TokenResult
            token={token}
            profile={profile}
            left={Math.max(0, token.expires_at - now)}
            desk={desk}
            onRequest={onRequest}
            tab={tab}
          />
        )}
        {missing !== null && <MissingStepAlert primary title={text.t("token.missing.title")} step={missing} />}
        {missing === null && !token && !failure && <RequestBox profile={profile} desk={desk} onRequest={onRequest} />}
        {sending.failure && <FailureAlert failure={sending.failure} />}
        {missing === null && <Tune profile={profile} tuning={tuning} pressed={pressed} onTune={tune} />}
        {question}
      </div>
    </Page>
  );
}

function leadOf({ t }: Text, { token, failure }: TokenDesk, now: number, missing: boolean): string {
  if (failure) return t(saidNo(failure) ? "refusal.lead.maskinporten" : "refusal.lead.other");
  if (token) return t(token.expires_at <= now ? "token.lead.expired" : "token.lead.issued");
  return t(missing ? "token.lead.missing" : "token.lead.ready");
}

/** Maskinporten understood and refused; it was not out of reach, out of order or somebody else. */
function saidNo({ code, detail }: Failure): boolean {
  const status = detail?.http_status ?? 0;
  return status >= 400 && status < 500 && !code.startsWith("server_") && code !== "unexpected_answer";
}
