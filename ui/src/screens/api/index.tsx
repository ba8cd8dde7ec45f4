import { Alert, Fieldset, Paragraph, ValidationMessage } from "@digdir/designsystemet-react";
import { useReducer, useState } from "react";
import { useApp, useProfile } from "../../app/app-state";
import { isOurs, serviceName } from "../../app/names";
import { useBridge } from "../../bridge/context";
import { ActionButton } from "../../components/ActionButton";
import { mainColor } from "../../components/EnvTag";
import { FormErrors } from "../../components/FormErrors";
import { Page } from "../../components/Page";
import { RadioCard } from "../../components/RadioCard";
import { useText } from "../../i18n/text";
import { changeFrom, draftOf, faultsIn, OTHER, reduceDraft, scopesOf, type Fault } from "./draft";
import { Facts } from "./Facts";
import { OtherApi } from "./OtherApi";

/** Velg API: five cards, and the facts of the chosen one beside them. */
export function ApiScreen() {
  const text = useText();
  const { t } = text;
  const bridge = useBridge();
  const { start, refresh, go } = useApp();
  const profile = useProfile();
  const [draft, dispatch] = useReducer(reduceDraft, profile, draftOf);
  const [attempt, setAttempt] = useState(0);

  const facts = start.services.find(({ id }) => id === draft.service);
  const faults = attempt > 0 ? faultsIn(draft) : [];
  const errorAt = (field: Fault["field"]) => {
    const fault = faults.find((fault) => fault.field === field);
    return fault && t(`api.${fault.key}`);
  };

  const save = async () => {
    setAttempt(attempt + 1);
    if (faultsIn(draft).length > 0) return;
    await bridge.changeProfile(profile.id, changeFrom(draft, isOurs(profile) ? null : profile.name, serviceName(text, draft.service ?? OTHER)));
    await refresh();
    go(profile.environment ? { path: "/" } : { path: "/oppsett/miljo", mode: "step" });
  };
  return (
    <Page
      step={1}
      wide
      actionsBeside
      title={t("api.title")}
      lead={t("api.lead")}
      aside={
        facts && (
          <div className="app-sticky">
            {facts.id === OTHER ? (
              <OtherApi
                draft={draft}
                errors={{ scope: errorAt("scope"), address: errorAt("address") }}
                onType={(field, text) => dispatch({ do: "type", field, text })}
              />
            ) : (
              <Facts
                facts={facts}
                chosen={draft.scopes}
                error={errorAt("scopes") ?? null}
                onChoose={(scope, on) => dispatch({ do: "scope", facts, scope, on })}
              />
            )}
          </div>
        )
      }
      actions={
        <ActionButton arrow data-size="md" data-color={mainColor(profile.environment)} data-testid="save" onAct={save}>
          {t("common.save_continue")}
        </ActionButton>
      }
    >
      <FormErrors attempt={attempt} errors={faults.map(({ field, key }) => ({ field, text: t(`api.${key}`) }))} />
      <Fieldset className="app-radio-cards">
        <Fieldset.Legend className="app-hidden">{t("api.legend")}</Fieldset.Legend>
        {start.services.map((service, index) => (
          <RadioCard
            key={service.id}
            id={index === 0 ? "service" : undefined}
            name="service"
            value={service.id}
            checked={draft.service === service.id}
            onChoose={() => dispatch({ do: "service", facts: service })}
            title={serviceName(text, service.id)}
            description={text.maybe(`services.${service.id}.description`)}
            aside={text.maybe(`services.${service.id}.owner`) ?? service.owner}
            testId={`service-${service.id}`}
          />
        ))}
      </Fieldset>
      {errorAt("service") && <ValidationMessage>{errorAt("service")}</ValidationMessage>}
      {scopesOf(draft).length > 1 && (
        <Alert data-color="info" data-testid="several">
          <Paragraph>{t("api.several")}</Paragraph>
        </Alert>
      )}
      {draft.service === "losoreregisteret" && profile.environment === "test" && (
        <Alert data-color="info">
          <Paragraph>{t("api.losore_test")}</Paragraph>
        </Alert>
      )}
    </Page>
  );
}
