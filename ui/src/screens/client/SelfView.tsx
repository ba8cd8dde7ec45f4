import { Alert, Heading } from "@digdir/designsystemet-react";
import type { Mode } from "../../app/route";
import type { Profile } from "../../bridge/wire";
import { MissingStepAlert } from "../../components/MissingStepAlert";
import { OutButton } from "../../components/OutLink";
import { Page } from "../../components/Page";
import { PORTAL } from "../../components/refusal-help";
import { StepList, type ListedStep } from "../../components/StepList";
import { useText } from "../../i18n/text";
import { useIdentities } from "../certificates/use-identities";
import { CheckProgress, CheckRefused } from "./CheckOutcome";
import { ClientIdForm } from "./ClientIdForm";
import { useClientCheck } from "./use-client-check";
import { ValuesCard } from "./ValuesCard";

type SelfViewProps = { profile: Profile; environment: "test" | "production"; mode: Mode };

/** The way through the portal: what to press there, what to paste, and the proof that it worked. */
export function SelfView({ profile, environment, mode }: SelfViewProps) {
  const { t, rich } = useText();
  const flow = useClientCheck(profile.id);
  const { identities } = useIdentities();
  const identity = identities?.find(({ id }) => id === profile.identity) ?? null;
  const organisation = identity?.certificate?.organisation ?? profile.order_form.organisation;

  const steps: ListedStep[] = [
    {
      id: "open",
      title: t(`client.self.open.${environment}`),
      text: organisation
        ? rich("client.self.open.text", { organisation: <em>{organisation}</em> })
        : t("client.self.open.text_unknown"),
      children: (
        <OutButton address={PORTAL[environment]} testId="open-portal">
          {t("client.self.open.button")}
        </OutButton>
      ),
    },
    { id: "choose", title: t("client.self.choose") },
    { id: "fill", title: t("client.self.fill"), text: t("client.self.fill_text") },
    { id: "save", title: t("client.self.save"), text: t("client.self.save_text") },
    ...(profile.kid || identity?.own_key ? [{ id: "key", title: t("client.self.key"), text: t("client.self.key_text") }] : []),
    {
      id: "paste",
      title: t("client.self.paste"),
      children: (
        <>
          <ClientIdForm profile={profile} flow={flow} />
          <p className="app-small">{t("client.self.paste_text")}</p>
          <CheckProgress flow={flow} mode={mode} />
        </>
      ),
    },
  ];
  return (
    <Page wide title={t("client.title")} lead={t("client.lead")} step={mode === "step" ? 5 : undefined}>
      {!profile.identity && <MissingStepAlert step={4} page={mode === "step" ? 5 : undefined} />}
      <Heading level={2} data-size="2xs">
        {t("client.self.label")}
      </Heading>
      {environment === "production" && <Alert data-color="info">{t("client.self.production")}</Alert>}
      <div className="app-client">
        <StepList steps={steps} />
        <ValuesCard profile={profile} identity={identity} />
      </div>
      <CheckRefused profile={profile} identity={identity} flow={flow} />
    </Page>
  );
}
