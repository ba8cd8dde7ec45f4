import { Button, Heading } from "@digdir/designsystemet-react";
import { ArrowsCirclepathIcon, EyeIcon, EyeSlashIcon, TokenIcon, ArrowDownIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { useBridge } from "../../bridge/context";
import type { Profile, Token } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { CopyButton } from "../../components/CopyButton";
import { CountdownRing } from "../../components/CountdownRing";
import { useClearing } from "../../components/use-clearing";
import { useText } from "../../i18n/text";
import { RequestProgress } from "./RequestProgress";
import type { TokenDesk } from "./token-store";
import { Differences, TokenSays } from "./TokenSays";
import { TokenTabs, type TokenTab } from "./TokenTabs";
import { useReveal, type Reveal } from "./use-reveal";

type TokenResultProps = {
  token: Token;
  profile: Profile;
  /** Seconds left; 0 when it has expired. */
  left: number;
  desk: TokenDesk;
  onRequest: () => Promise<void>;
  tab?: string;
};

/** The token: how long it lasts, its masked text, what can be done with it, and what it says. */
export function TokenResult({ token, profile, left, desk, onRequest, tab }: TokenResultProps) {
  const { t, time } = useText();
  const reveal = useReveal(token.id);
  const [chosen, choose] = useState<TokenTab>(tab === "use" ? "use" : "claims");
  const over = left === 0;
  return (
    <>
      <section className="app-token" data-state={over ? "over" : "good"} data-testid="token-result">
        <CountdownRing key={token.id} left={left} total={token.lifetime_s} />
        <div className="app-token-text">
          <Heading level={2} data-size="xs" tabIndex={-1} data-answer-heading>
            {over ? t("token.issued.expired") : t("token.issued.title")}
          </Heading>
          <p>
            {over
              ? t("token.issued.expired_text", { time: time(token.expires_at) })
              : t("token.issued.valid", { time: time(token.expires_at) })}
          </p>
          {!over && <TokenSays token={token} environment={profile.environment} left={left} />}
          <TokenText token={token} reveal={reveal} over={over} />
          <p className="app-hidden" role="status">
            {over ? t("token.left.gone") : left <= SPOKEN_S && token.lifetime_s > SPOKEN_S ? t("token.left.soon") : ""}
          </p>
        </div>
        <div className="app-token-actions">
          {over ? (
            <Again production={profile.environment === "production"} desk={desk} onRequest={onRequest} />
          ) : (
            <>
              <CopyToken key={token.id} token={token} />
              <Button
                variant="secondary"
                data-testid="use-token"
                onClick={() => {
                  choose("use");
                  document.getElementById(TABS_ID)?.scrollIntoView({ block: "start" });
                  document.querySelector<HTMLElement>(`#${TABS_ID} [data-testid="tab-use"]`)?.focus({ preventScroll: true });
                }}
              >
                <ArrowDownIcon aria-hidden fontSize="1.25rem" />
                {t("token.issued.use")}
              </Button>
              <ActionButton
                variant="tertiary"
                data-requests-token
                data-testid="token-again"
                busy={desk.since !== null}
                start={<ArrowsCirclepathIcon aria-hidden fontSize="1.25rem" />}
                onAct={onRequest}
              >
                {desk.since !== null ? t("token.request.busy") : t("token.issued.again")}
              </ActionButton>
            </>
          )}
        </div>
        <RequestProgress desk={desk} />
      </section>
      <Differences differs={token.differs} />
      <div id={TABS_ID}>
        <TokenTabs token={token} profile={profile} over={over} reveal={reveal} chosen={chosen} onChoose={choose} />
      </div>
    </>
  );
}

/** Masked unless asked for. An expired token is of no use, and the program has forgotten it. */
function TokenText({ token, reveal, over }: { token: Token; reveal: Reveal; over: boolean }) {
  const { t } = useText();
  const shown = reveal.text !== null && !over;
  const Icon = shown ? EyeSlashIcon : EyeIcon;
  return (
    <div className="app-token-value" data-shown={shown || undefined}>
      <span className="app-hidden">{shown ? t("token.issued.shown") : t("token.issued.masked")}</span>
      {shown ? (
        <code data-testid="token-text">{reveal.text}</code>
      ) : (
        <code aria-hidden="true" data-testid="token-masked">
          {token.masked}
          {DOTS}
        </code>
      )}
      {!over && (
        <ActionButton
          variant="tertiary"
          data-color="neutral"
          data-testid="reveal-token"
          start={<Icon aria-hidden fontSize="1.25rem" />}
          onAct={shown ? reveal.hide : reveal.show}
        >
          {shown ? t("token.issued.hide") : t("token.issued.show")}
        </ActionButton>
      )}
    </div>
  );
}

/** Copying goes through the program: the text need not be in the window for it. */
function CopyToken({ token }: { token: Token }) {
  const { t } = useText();
  const bridge = useBridge();
  const clearing = useClearing(() => bridge.copyToken(token.id));
  return (
    <div className="app-token-copy">
      <CopyButton
        variant="primary"
        data-size="md"
        data-testid="copy-token"
        label={t("token.issued.copy")}
        onCopy={clearing.run}
      />
      <p className="app-token-clears" role="status">
        {clearing.said}
      </p>
    </div>
  );
}

function Again({ production, desk, onRequest }: { production: boolean; desk: TokenDesk; onRequest: () => Promise<void> }) {
  const { t } = useText();
  const busy = desk.since !== null;
  return (
    <ActionButton
      data-size="md"
      data-color={production ? "prod" : "accent"}
      data-requests-token
      data-testid="token-button"
      busy={busy}
      start={<TokenIcon aria-hidden fontSize="1.5rem" />}
      onAct={onRequest}
    >
      {busy ? t("token.request.busy") : production ? t("token.issued.again_expired_production") : t("token.issued.again_expired")}
    </ActionButton>
  );
}

const DOTS = "••••••••";
const TABS_ID = "token-tabs";
/** The one moment before expiry that is spoken. */
const SPOKEN_S = 30;
