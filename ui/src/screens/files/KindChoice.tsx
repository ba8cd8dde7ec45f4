import { Alert, Details, Fieldset, Heading, Paragraph, Radio } from "@digdir/designsystemet-react";
import { useState } from "react";
import { RadioCard } from "../../components/RadioCard";
import { useText } from "../../i18n/text";
import { ENDINGS, FORMS, kindsFor, withForm, withKind, type Draft, type Kind } from "./draft";

type ChoiceProps = { draft: Draft; onChange: (draft: Draft) => void };

/** «Hva slags fil trenger systemet?»: four common kinds, and the others for those who look. */
export function KindChoice({ draft, certified, onChange }: ChoiceProps & { certified: boolean }) {
  const { t } = useText();
  const { common, more } = kindsFor(certified);
  // What is open by then is the user's own doing.
  const [startsOpen] = useState(more.includes(draft.kind));
  const cards = (kinds: Kind[]) => kinds.map((kind) => <KindCard key={kind} kind={kind} draft={draft} onChange={onChange} />);
  return (
    <>
      <Fieldset className="app-keys">
        <Fieldset.Legend>{t("files.legend")}</Fieldset.Legend>
        {cards(common)}
        <Details className="app-files-more" data-color="neutral" data-testid="more-kinds" defaultOpen={startsOpen}>
          <Details.Summary>{t("files.more")}</Details.Summary>
          <Details.Content className="app-keys">{cards(more)}</Details.Content>
        </Details>
      </Fieldset>
      {FORMS[draft.kind].length > 1 && <FormChoice draft={draft} onChange={onChange} />}
    </>
  );
}

function KindCard({ kind, draft, onChange }: ChoiceProps & { kind: Kind }) {
  const { t } = useText();
  return (
    <RadioCard
      name="kind"
      color="accent"
      value={kind}
      checked={draft.kind === kind}
      onChoose={() => onChange(withKind(draft, kind))}
      title={
        <>
          {t(`files.kind.${kind}`)} <span className="app-files-ending">{ENDINGS[kind]}</span>
        </>
      }
      description={t(`files.kind.${kind}_help`)}
      testId={`kind-${kind}`}
    />
  );
}

function FormChoice({ draft, onChange }: ChoiceProps) {
  const { t } = useText();
  return (
    <>
      <Fieldset className="app-files-forms">
        <Fieldset.Legend>{t("files.form")}</Fieldset.Legend>
        {FORMS[draft.kind].map((form) => (
          <Radio
            key={form}
            name="form"
            value={form}
            label={t(`files.forms.${form as FormKey}`)}
            description={t(`files.forms.${form as FormKey}_help`)}
            checked={draft.form === form}
            data-testid={`form-${form}`}
            onChange={() => onChange(withForm(draft, form))}
          />
        ))}
      </Fieldset>
      {draft.form === "p12_legacy" && (
        <Alert data-color="warning" data-testid="legacy-warning">
          <Heading level={2} data-size="2xs">
            {t("files.legacy.title")}
          </Heading>
          <Paragraph>{t("files.legacy.text")}</Paragraph>
        </Alert>
      )}
    </>
  );
}

/** The forms among which there is a choice. */
type FormKey = Exclude<Draft["form"], "jks">;
