import { Heading, Textarea } from "@digdir/designsystemet-react";
import { useId, useState } from "react";
import { useBridge } from "../../bridge/context";
import type { PastedToken as Pasted, Profile } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { CodeBlock } from "../../components/CodeBlock";
import { EnvTag } from "../../components/EnvTag";
import { useText } from "../../i18n/text";
import { ClaimsTab } from "./ClaimsTab";
import { SignatureSaid } from "./RawTab";

/** A token from elsewhere, read here. It is worth a password: the field is emptied once it is read. */
export function PastedToken({ profile }: { profile: Profile }) {
  const { t } = useText();
  const bridge = useBridge();
  const field = useId();
  const help = useId();
  const [text, setText] = useState("");
  const [read, setRead] = useState<Pasted | null>(null);
  return (
    <section className="app-stack" aria-labelledby={`${field}-title`}>
      <Heading level={3} data-size="2xs" id={`${field}-title`}>
        {t("pass.paste.title")}
      </Heading>
      <div className="app-field">
        <label htmlFor={field} className="ds-label">
          {t("pass.paste.label")}
        </label>
        <p className="app-small" id={help}>
          {t("pass.paste.help")}
        </p>
        <Textarea
          id={field}
          aria-describedby={help}
          rows={3}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          data-testid="paste-token"
        />
      </div>
      <div className="app-row">
        <ActionButton
          variant="secondary"
          data-testid="read-token"
          onAct={async () => {
            setRead(null);
            setRead(await bridge.readPastedToken(text));
            setText("");
          }}
        >
          {t("pass.paste.read")}
        </ActionButton>
        {read && (
          <ActionButton variant="tertiary" data-color="neutral" data-testid="clear-token" onAct={() => setRead(null)}>
            {t("pass.paste.clear")}
          </ActionButton>
        )}
      </div>
      <div aria-live="polite">{read && <ReadToken read={read} profile={profile} />}</div>
    </section>
  );
}

function ReadToken({ read, profile }: { read: Pasted; profile: Profile }) {
  const { t, date, time } = useText();
  const { expires_at } = read;
  return (
    <div className="app-stack" data-testid="pasted-token">
      <Heading level={4} data-size="2xs">
        {t("pass.paste.result")}
      </Heading>
      <SignatureSaid good={read.signature === "verified"} text={t(`pass.paste.${read.signature}`)} />
      <p className="app-row">
        {read.environment && <EnvTag environment={read.environment} />}
        {expires_at !== null &&
          t(read.expired ? "pass.paste.expired" : "pass.paste.valid", { date: date(expires_at), time: time(expires_at) })}
      </p>
      <ClaimsTab claims={read.claims} profile={{ ...profile, environment: read.environment }} testId="pasted-claims" />
      <CodeBlock title={t("pass.paste.header")} code={read.header} />
      <CodeBlock title={t("pass.paste.payload")} code={read.payload} />
    </div>
  );
}
