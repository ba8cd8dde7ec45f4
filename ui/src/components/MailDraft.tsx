import { Field, Label, Textarea, ToggleGroup, ValidationMessage } from "@digdir/designsystemet-react";
import { EnvelopeClosedIcon } from "@navikt/aksel-icons";
import { useRef, useState } from "react";
import { useBridge } from "../bridge/context";
import { useText } from "../i18n/text";
import { ActionButton } from "./ActionButton";
import { CopyButton } from "./CopyButton";
import { followDraft, letterText, readLetter, type MailHead } from "./mail-text";

/** A ready-written e-mail to one recipient. Never a token, password or key in it. */
export type Draft = { id: string; recipient: string; to: string; subject: string; body: string };

type MailDraftProps = {
  /** One draft a recipient; with two the user may choose. */
  drafts: Draft[];
  /** Id of the draft shown first. */
  preferred?: string;
  /** Heading of the text field; «E-posten du sender» unless told. */
  label?: string;
  rows?: number;
};

/** The whole e-mail, editable, before it leaves: to the mail program, or copied. */
export function MailDraft({ drafts, preferred, label, rows = 9 }: MailDraftProps) {
  const { t } = useText();
  const bridge = useBridge();
  const [chosen, choose] = useState(preferred ?? drafts[0]?.id);
  /** What was typed, and the draft it was typed into. */
  const [edited, edit] = useState<Record<string, { text: string; draft: string }>>({});
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = drafts.find(({ id }) => id === chosen) ?? drafts[0];
  if (!draft) return null;

  const head: MailHead = {
    to: (address) => t("common.mail.to", { address }),
    subject: (subject) => t("common.mail.subject", { subject }),
  };
  const written = letterText(head, draft);
  const mine = edited[draft.id];
  const text = mine ? followDraft(mine.text, mine.draft, written) : written;
  const open = async () => {
    const { to, subject, body } = readLetter(head, text, draft);
    setMissing(to === "");
    if (to === "") return field.current?.focus();
    await bridge.openMail(to, subject, body);
  };
  return (
    <div className="app-mail" data-testid="mail-draft">
      {drafts.length > 1 && (
        <ToggleGroup variant="secondary" data-color="neutral" aria-label={t("common.mail.recipient")} value={draft.id} onChange={choose}>
          {drafts.map(({ id, recipient }) => (
            <ToggleGroup.Item key={id} value={id}>
              {recipient}
            </ToggleGroup.Item>
          ))}
        </ToggleGroup>
      )}
      <Field>
        <Label>{label ?? t("common.mail.label")}</Label>
        <Textarea
          ref={field}
          aria-invalid={missing || undefined}
          className="app-mail-text"
          rows={rows}
          value={text}
          onChange={(event) => edit({ ...edited, [draft.id]: { text: event.target.value, draft: written } })}
        />
        {missing && <ValidationMessage>{t("common.mail.recipient_missing")}</ValidationMessage>}
      </Field>
      <div className="app-mail-actions">
        <ActionButton
          variant="secondary"
          data-testid="mail-open"
          start={<EnvelopeClosedIcon aria-hidden fontSize="1.25rem" />}
          onAct={open}
        >
          {t("common.mail.open")}
        </ActionButton>
        <CopyButton text={text} label={t("common.mail.copy")} />
      </div>
    </div>
  );
}
