import { Textfield } from "@digdir/designsystemet-react";
import { useRef, useState } from "react";
import type { Profile } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { useText } from "../../i18n/text";
import { looksLikeClientId, trimmedClientId } from "./client-id";
import type { ClientCheck } from "./use-client-check";

/** Where the client id is pasted, and checked by asking Maskinporten. */
export function ClientIdForm({ profile, flow }: { profile: Profile; flow: ClientCheck }) {
  const { t } = useText();
  const [typed, setTyped] = useState(profile.client_id ?? "");
  const field = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const busy = flow.state.kind === "checking" || flow.state.kind === "waiting";

  const check = async () => {
    const id = trimmedClientId(typed);
    setTyped(id);
    const found: Fault | null = !looksLikeClientId(id) ? "client.field.format" : profile.identity ? null : "client.missing.check";
    setFault(found);
    if (found === null) return flow.check(id);
    field.current?.focus();
  };
  return (
    <form className="app-client-form" onSubmit={(event) => event.preventDefault()}>
      <Textfield
        ref={field}
        aria-label={t("client.field.label")}
        className="app-client-id"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        error={fault ? t(fault) : undefined}
        autoComplete="off"
        spellCheck={false}
        data-testid="client-id-field"
      />
      <ActionButton
        type="submit"
        variant={flow.state.kind === "works" || flow.state.kind === "failed" ? "secondary" : "primary"}
        data-color={profile.environment === "production" ? "prod" : "accent"}
        data-testid="check-client"
        busy={busy}
        onAct={check}
      >
        {flow.state.kind === "checking" ? t("client.checking") : t("client.check")}
      </ActionButton>
    </form>
  );
}

/** A key, not a sentence: the language may change while the fault stands. */
type Fault = "client.field.format" | "client.missing.check";
