import { Card, Heading, Textfield } from "@digdir/designsystemet-react";
import { useText } from "../../i18n/text";
import type { Draft } from "./draft";

type OtherApiProps = {
  draft: Draft;
  onType: (field: "scope" | "address" | "resource", text: string) => void;
  errors: { scope?: string; address?: string };
};

/** «Et annet API»: what the API provider has written to the user. */
export function OtherApi({ draft, onType, errors }: OtherApiProps) {
  const { t } = useText();
  return (
    <Card className="app-calm-card" data-color="accent" data-testid="other-api">
      <Heading level={2} data-size="2xs">
        {t("services.other.name")}
      </Heading>
      <Textfield
        id="scope"
        label={t("api.other.scope")}
        description={t("api.other.scope_help")}
        value={draft.scope}
        error={errors.scope}
        autoComplete="off"
        spellCheck={false}
        data-testid="other-scope"
        onChange={(event) => onType("scope", event.target.value)}
      />
      <Textfield
        id="address"
        label={t("api.other.address")}
        value={draft.address}
        error={errors.address}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onType("address", event.target.value)}
      />
      <Textfield
        label={t("api.other.resource")}
        value={draft.resource}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onType("resource", event.target.value)}
      />
    </Card>
  );
}
