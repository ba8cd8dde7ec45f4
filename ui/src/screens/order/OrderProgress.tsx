import { Checkbox, Fieldset, Radio, Textfield, ValidationMessage } from "@digdir/designsystemet-react";
import type { Dispatch } from "react";
import type { EnvironmentName, OrderState } from "../../bridge/wire";
import { useText } from "../../i18n/text";
import type { Draft, DraftAction, Fault } from "./draft";

type OrderProgressProps = {
  draft: Draft;
  dispatch: Dispatch<DraftAction>;
  faults: Fault[];
  /** An e-mail is sent; the other ways of ordering are not. */
  byMail: boolean;
};

/** «Hvor langt har du kommet?», and what each answer needs. */
export function OrderProgress({ draft, dispatch, faults, byMail }: OrderProgressProps) {
  const { t } = useText();
  const errorAt = (field: Fault["field"]) => {
    const fault = faults.find((fault) => fault.field === field);
    return fault && t(`order.state.${fault.key}`);
  };
  return (
    <>
      <Fieldset className="app-order-state">
        <Fieldset.Legend>{t("order.state.legend")}</Fieldset.Legend>
        {STATES.map((state) => (
          <Radio
            key={state}
            name="order-state"
            value={state}
            label={t(`order.state.${byMail ? state : BY_OTHER_WAYS[state]}`)}
            checked={draft.state === state}
            data-testid={`order-${state}`}
            onChange={() => dispatch({ do: "state", state })}
          />
        ))}
      </Fieldset>
      {draft.state === "sent" && (
        <Textfield
          id="sent-on"
          className="app-short-field"
          label={t("order.state.sent_on")}
          description={t("order.state.sent_on_help")}
          value={draft.sentOn}
          error={errorAt("sent-on")}
          autoComplete="off"
          data-testid="order-sent-on"
          onChange={(event) => dispatch({ do: "sentOn", text: event.target.value })}
        />
      )}
      {draft.state === "granted" && (
        <Fieldset className="app-order-state">
          <Fieldset.Legend>{t("order.state.environments")}</Fieldset.Legend>
          {ENVIRONMENTS.map((environment, index) => (
            <Checkbox
              key={environment}
              id={index === 0 ? "granted-in" : undefined}
              value={environment}
              label={t(`env.${environment}.name`)}
              checked={draft.grantedIn.includes(environment)}
              data-testid={`granted-${environment}`}
              onChange={(event) => dispatch({ do: "environment", environment, on: event.target.checked })}
            />
          ))}
          {errorAt("granted-in") && <ValidationMessage>{errorAt("granted-in")}</ValidationMessage>}
        </Fieldset>
      )}
    </>
  );
}

const STATES: OrderState[] = ["not_sent", "sent", "granted"];
const BY_OTHER_WAYS = { not_sent: "not_ordered", sent: "ordered", granted: "granted" } as const;
const ENVIRONMENTS: EnvironmentName[] = ["test", "production"];
