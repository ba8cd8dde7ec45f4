import { Heading, List, Paragraph } from "@digdir/designsystemet-react";
import { useEffect, useReducer, useState } from "react";
import { useApp, useProfile } from "../../app/app-state";
import { useBridge } from "../../bridge/context";
import type { OrderForm, Profile, ServiceFacts } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { mainColor } from "../../components/EnvTag";
import { FormErrors } from "../../components/FormErrors";
import { MailDraft } from "../../components/MailDraft";
import { Page } from "../../components/Page";
import { useText } from "../../i18n/text";
import { draftOf, faultsIn, isComplete, orderFrom, reduceDraft, type Draft, type DraftAction } from "./draft";
import { orderMail } from "./mail";
import { OrderFormFields } from "./OrderFormFields";
import { OrderProgress } from "./OrderProgress";

/** Bestill tilgang: the ready-written order, and how far it has come. */
export function OrderScreen() {
  const known = useKnownForm();
  return known && <Ordering known={known} />;
}

function Ordering({ known }: { known: Partial<OrderForm> }) {
  const { t } = useText();
  const bridge = useBridge();
  const { start, refresh, go } = useApp();
  const profile = useProfile();
  const [draft, dispatch] = useReducer(reduceDraft, null, () => draftOf(profile, known, new Date()));
  const [attempt, setAttempt] = useState(0);

  const facts = start.services.find(({ id }) => id === profile.service);
  const byMail = facts?.ordering !== "bits" && facts?.ordering !== "agreement";
  const faults = attempt > 0 ? faultsIn(draft, new Date()) : [];
  const save = async () => {
    setAttempt(attempt + 1);
    if (faultsIn(draft, new Date()).length > 0) return;
    const order = orderFrom(draft, profile.order, new Date());
    await bridge.changeProfile(profile.id, { order, order_form: draft.form });
    await refresh();
    go({ path: "/" });
  };
  return (
    <Page
      step={2}
      title={t("order.title")}
      lead={<Lead facts={facts} />}
      actions={
        <ActionButton arrow data-size="md" data-color={mainColor(profile.environment)} data-testid="save" onAct={save}>
          {t("common.save_continue")}
        </ActionButton>
      }
    >
      <FormErrors attempt={attempt} errors={faults.map(({ field, key }) => ({ field, text: t(`order.state.${key}`) }))} />
      {byMail && <Mail draft={draft} dispatch={dispatch} profile={profile} facts={facts} />}
      {facts?.ordering === "bits" && <BitsSteps />}
      {facts?.ordering === "agreement" && <Paragraph>{t("order.agreement")}</Paragraph>}
      <OrderProgress draft={draft} dispatch={dispatch} faults={faults} byMail={byMail} />
    </Page>
  );
}

type MailProps = { draft: Draft; dispatch: (action: DraftAction) => void; profile: Profile; facts: ServiceFacts | undefined };

function Mail({ draft, dispatch, profile, facts }: MailProps) {
  const text = useText();
  // Decided once: fields must not move while they are typed in.
  const [complete] = useState(() => isComplete(draft.form));
  const fields = (
    <OrderFormFields open={!complete} form={draft.form} onType={(field, typed) => dispatch({ do: "form", field, text: typed })} />
  );
  return (
    <>
      {!complete && fields}
      <MailDraft drafts={[orderMail(text, draft.form, profile, facts)]} />
      {complete && fields}
    </>
  );
}

function Lead({ facts }: { facts: ServiceFacts | undefined }) {
  const { t, maybe } = useText();
  if (facts?.ordering === "bits") return t("order.lead_bits");
  if (facts?.ordering === "agreement") return t("order.lead_agreement");
  if (!facts?.owner) return t("order.lead_other");
  return t("order.lead", { owner: maybe(`services.${facts.id}.owner`) ?? facts.owner });
}

function BitsSteps() {
  const { t } = useText();
  return (
    <section>
      <Heading level={2} data-size="2xs">
        {t("order.bits.title")}
      </Heading>
      <List.Ordered>
        {([1, 2, 3] as const).map((number) => (
          <List.Item key={number}>{t(`order.bits.${number}`)}</List.Item>
        ))}
      </List.Ordered>
    </section>
  );
}

/**
 * What is known already and need not be typed: from another oppsett, and from the certificate.
 * Null until the program has answered.
 */
function useKnownForm(): Partial<OrderForm> | null {
  const bridge = useBridge();
  const { profiles } = useApp();
  const profile = useProfile();
  const [known, setKnown] = useState<Partial<OrderForm> | null>(null);
  useEffect(() => {
    const before = profiles.find(({ id, order_form }) => id !== profile.id && order_form.organisation !== "")?.order_form;
    bridge.listIdentities().then(
      (identities) => {
        const own = identities.find(({ id }) => id === profile.identity)?.certificate;
        const owner = own?.organisation && own.org_number ? { organisation: own.organisation, org_number: own.org_number } : {};
        setKnown({ ...before, ...owner });
      },
      () => setKnown({ ...before }),
    );
    // Asked once, when the page opens: what is typed afterwards is the user's.
  }, []);
  return known;
}
