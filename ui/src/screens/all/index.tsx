import { Label, Paragraph, Textarea, ValidationMessage } from "@digdir/designsystemet-react";
import { TokenIcon, UploadIcon } from "@navikt/aksel-icons";
import { useEffect, useId, useState } from "react";
import { useApp, useProfile } from "../../app/app-state";
import { useBridge } from "../../bridge/context";
import type { ReadConsumers } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { mainColor } from "../../components/EnvTag";
import { FailureAlert } from "../../components/FailureAlert";
import { MissingStepAlert } from "../../components/MissingStepAlert";
import { Page } from "../../components/Page";
import { type Text, useText } from "../../i18n/text";
import { ForesightList } from "../token/ForesightList";
import { missingStep } from "../token/missing";
import type { TuneField } from "../token/tune-field";
import { useAgreement } from "../token/use-agreement";
import { Outcomes } from "./Outcomes";
import { useForesightsForAll } from "./use-foresights-for-all";
import { useMany } from "./use-many";

/** Hent for alle: a list of customers in, an outcome for each out. */
export function AllScreen() {
  const { t } = useText();
  const bridge = useBridge();
  const profile = useProfile();
  const { refresh, go } = useApp();
  const field = useId();
  const [text, setText] = useState(() => profile.consumers.join("\n"));
  const [read, setRead] = useState<ReadConsumers | null>(null);
  const many = useMany(profile.id);
  const missing = missingStep(profile);
  const production = profile.environment === "production";
  const { ask, question } = useAgreement(production);
  const foresights = useForesightsForAll(profile.id, text, missing === null);

  const pick = async () => {
    const picked = await bridge.pickConsumers();
    if (picked === null) return;
    setText(picked.consumers.join("\n"));
    setRead(picked);
  };
  const run = async () => {
    const now = await bridge.readConsumers(text);
    setRead(now);
    if (now.consumers.length === 0) {
      document.getElementById(field)?.focus();
      return;
    }
    // Asked anew: what is shown may be a moment old.
    const found = await bridge.foreseeForAll(profile.id, now.consumers).catch(() => []);
    const grave = found.filter(({ gravity }) => gravity !== "note");
    const send = async () => {
      await many.run(now.consumers, grave.length > 0);
      await refresh();
    };
    if (grave.length > 0) ask(grave, send);
    else await send();
  };
  const goToField = (place: TuneField) => {
    if (place === "consumer") document.getElementById(field)?.focus();
    else go({ path: "/token" });
  };
  const count = useCount(text, profile.consumers.length);
  return (
    <Page wide title={t("all.title")} lead={t("all.lead")}>
      {missing !== null ? (
        <MissingStepAlert primary title={t("token.missing.title")} step={missing} />
      ) : (
        <div className="app-stack">
          <div className="app-field">
            <Label htmlFor={field}>{t("all.consumers")}</Label>
            <p className="app-small" id={`${field}-help`}>
              {t("all.consumers_help")} {profile.system_user && t("all.system_users")}
            </p>
            <Textarea
              id={field}
              aria-describedby={`${field}-help ${field}-read`}
              aria-invalid={read?.consumers.length === 0 || undefined}
              rows={5}
              spellCheck={false}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setRead(null);
              }}
              data-testid="consumers"
            />
            <div id={`${field}-read`} role="status">
              {read && <Read read={read} />}
            </div>
          </div>
          {!many.running && <ForesightList foresights={foresights} onField={goToField} />}
          <div className="app-row">
            <ActionButton
              data-color={mainColor(profile.environment)}
              data-testid="get-all"
              busy={many.running}
              start={<TokenIcon aria-hidden fontSize="1.5rem" />}
              onAct={run}
            >
              {many.running ? t("all.busy") : buttonText(t, production, count)}
            </ActionButton>
            {many.running ? (
              <ActionButton variant="secondary" data-testid="stop-all" onAct={many.stop}>
                {t("common.cancel")}
              </ActionButton>
            ) : (
              <ActionButton
                variant="secondary"
                data-color="neutral"
                data-testid="pick-consumers"
                start={<UploadIcon aria-hidden fontSize="1.25rem" />}
                onAct={pick}
              >
                {t("all.pick")}
              </ActionButton>
            )}
          </div>
          {many.failure && <FailureAlert failure={many.failure} />}
          {many.all !== null && <Outcomes profile={profile.id} many={many} />}
          {question}
        </div>
      )}
    </Page>
  );
}

/** How many tokens are fetched; no number before there is one. */
function buttonText(t: Text["t"], production: boolean, count: number): string {
  if (count === 0) return t(production ? "token.request.button_production" : "token.request.button");
  return t(production ? "all.button_production" : "all.button", { count });
}

/** How many customers the program finds in the list: asked a moment after it has changed, so that the button tells what is sent. */
function useCount(text: string, first: number): number {
  const bridge = useBridge();
  const [count, setCount] = useState(first);
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(async () => {
      // A list that cannot be read says so when the button is pressed.
      const read = await bridge.readConsumers(text).catch(() => null);
      if (wanted && read) setCount(read.consumers.length);
    }, PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [bridge, text]);
  return count;
}

/** What was found in the list, and what was not. */
function Read({ read: { consumers, unread, repeated } }: { read: ReadConsumers }) {
  const { t } = useText();
  const lines = unread.slice(0, LINES_SHOWN).join(", ");
  return (
    <div className="app-small" data-testid="read-consumers">
      {consumers.length === 0 ? (
        <ValidationMessage>{t(unread.length > 0 ? "all.not_found" : "all.none")}</ValidationMessage>
      ) : (
        <Paragraph>{t("all.found", { count: consumers.length })}</Paragraph>
      )}
      {unread.length > 0 && (
        <Paragraph>{t("all.unread", { count: unread.length, lines: unread.length > LINES_SHOWN ? `${lines} …` : lines })}</Paragraph>
      )}
      {repeated > 0 && <Paragraph>{t("all.repeated", { count: repeated })}</Paragraph>}
    </div>
  );
}

const LINES_SHOWN = 10;
/** Long enough to type the next digit. */
const PAUSE_MS = 250;
