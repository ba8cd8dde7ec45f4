import { Button, Heading, Textfield } from "@digdir/designsystemet-react";
import { useState } from "react";
import { useApp } from "../../app/app-state";
import { serviceName } from "../../app/names";
import { useBridge } from "../../bridge/context";
import type { Identity, Keep } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { useTick } from "../../components/ConfirmTick";
import { FormErrors } from "../../components/FormErrors";
import { Page } from "../../components/Page";
import { wordsIn } from "../../components/scope";
import { useText } from "../../i18n/text";
import { firstKeep } from "../certificates/import-state";
import { useIdentities } from "../certificates/use-identities";
import { trimmedClientId } from "../client/client-id";
import { EnvironmentCards } from "../environment/EnvironmentCards";
import { InlineConfirmation } from "../environment/InlineConfirmation";
import { CertificateFields } from "./CertificateFields";
import { chosenIn, faultsIn, firstDraft, fitting, NEW, serviceOf, type Draft, type Fault } from "./draft";
import { useCertificate } from "./use-certificate";

/** «Hent et token med det jeg har»: certificate, client id, scope and environment on one page. */
export function QuickScreen() {
  const { identities } = useIdentities();
  return identities && <QuickForm identities={identities} />;
}

function QuickForm({ identities }: { identities: Identity[] }) {
  const text = useText();
  const { t } = text;
  const bridge = useBridge();
  const { start, productionConfirmed, confirmProduction, activate, go } = useApp();
  const [draft, setDraft] = useState<Draft>(() => firstDraft(firstKeep(start.keychain)));
  const [attempt, setAttempt] = useState(0);
  const certificate = useCertificate();
  const tick = useTick();

  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const production = draft.environment === "production";
  const ask = production && !productionConfirmed;
  const fits = fitting(identities, draft.environment);
  const chosen = chosenIn(draft, fits);
  const found = faultsIn(draft, chosen, certificate.file !== null);
  const faults = attempt > 0 ? found : [];
  const errorAt = (field: Fault["field"]) => {
    const fault = faults.find((fault) => fault.field === field);
    return fault && t(fault.key);
  };

  const save = async (keep: Keep) => {
    setAttempt(attempt + 1);
    if (found.length > 0) return;
    if (ask && !tick.demand()) return;
    const identity = chosen === NEW ? await certificate.take(draft, keep) : chosen;
    if (identity === null) return;
    if (ask) await confirmProduction();
    const scopes = wordsIn(draft.scope);
    const service = serviceOf(scopes, start.services);
    const { id } = await bridge.createProfile({
      name: service === "other" ? scopes.join(" ") : serviceName(text, service),
      service,
      scopes,
      environment: draft.environment,
      identity,
      client_id: trimmedClientId(draft.clientId),
      order: { state: "granted", sent_on: null, granted_on: null, granted_in: [] },
      terms: { accepted: true, user: true, altinn_right: production },
    });
    change({ password: "", keyPassword: "" });
    await activate(id);
    go({ path: "/token" });
  };
  return (
    <Page
      title={t("quick.title")}
      lead={t("quick.lead")}
      form
      actions={
        <>
          <ActionButton type="submit" arrow data-size="md" data-color={production ? "prod" : "accent"} data-testid="save" onAct={() => save(draft.keep)}>
            {t("quick.button")}
          </ActionButton>
          <Button variant="secondary" data-size="md" onClick={() => go({ path: "/velkommen" })}>
            {t("common.back")}
          </Button>
        </>
      }
    >
      <FormErrors attempt={attempt} errors={faults.map(({ field, key }) => ({ field, text: t(key) }))} />
      <CertificateFields
        identities={fits}
        hidden={identities.length - fits.length}
        chosen={chosen}
        draft={draft}
        certificate={certificate}
        onChange={change}
        onUse={save}
        error={chosen === NEW ? (errorAt("certificate") ?? null) : null}
      />
      <div className="app-form-column">
        <Textfield
          id="client-id"
          label={t("quick.client_id")}
          description={t("quick.client_id_help")}
          value={draft.clientId}
          error={errorAt("client-id")}
          autoComplete="off"
          spellCheck={false}
          data-testid="quick-client-id"
          onChange={(event) => change({ clientId: event.target.value })}
        />
        <Textfield
          id="scope"
          label={t("api.other.scope")}
          description={t("api.other.scope_help")}
          value={draft.scope}
          error={errorAt("scope")}
          autoComplete="off"
          spellCheck={false}
          data-testid="quick-scope"
          onChange={(event) => change({ scope: event.target.value })}
        />
      </div>
      <Heading level={2} data-size="2xs">
        {t("quick.environment")}
      </Heading>
      <EnvironmentCards chosen={draft.environment} onChoose={(environment) => change({ environment })} />
      {ask && <InlineConfirmation tick={tick} />}
    </Page>
  );
}
