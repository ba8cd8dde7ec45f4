import type { Failure, Identity, Profile, ServiceFacts } from "../bridge/wire";
import { orgNumber } from "../i18n/formats";
import { textIn, type Text } from "../i18n/text";
import type { Draft } from "./MailDraft";
import { ALTINN_EMAIL, DIGDIR_EMAIL, recipientsFor, type Recipient } from "./refusal-help";

/** What the letters tell about the request that was refused. */
export type RefusalFacts = {
  profile: Profile;
  identity: Identity | null;
  service: ServiceFacts | null;
  scopes: string[];
  /** The client id that was tried, when it is not yet the oppsett's own. */
  clientId: string | null;
  /** Seconds since 1970. */
  at: number;
};

/** One letter to each who can help. Norwegian, and never with a token, password or key in it. */
export function refusalDrafts(text: Text, failure: Failure, facts: RefusalFacts): Draft[] {
  return recipientsFor(failure.code).map((recipient) => {
    const letter = letterTo(text, recipient, failure, facts);
    return {
      id: recipient,
      recipient: text.t(`refusal.to.${recipient}`),
      to: addressOf(recipient, facts),
      subject: letter.subject,
      body: [letter.body, factsBlock(text, failure, facts)].join("\n\n"),
    };
  });
}

function letterTo({ t }: Text, recipient: Recipient, failure: Failure, facts: RefusalFacts) {
  const environment = t(`refusal.mail.environment_short.${facts.profile.environment ?? "test"}`);
  const code = failure.detail?.mp_code;
  const scope = facts.scopes.join(" ");
  if (recipient === "it") {
    return failure.code.startsWith("network_")
      ? { subject: t("refusal.mail.it.subject"), body: t("refusal.mail.it.body") }
      : { subject: t("refusal.mail.it_clock.subject"), body: t("refusal.mail.it_clock.body") };
  }
  if (!code) {
    const answer = failure.params.description ?? failure.code;
    return { subject: t("refusal.mail.digdir_unknown.subject"), body: t("refusal.mail.digdir_unknown.body", { environment, answer }) };
  }
  switch (recipient) {
    case "provider":
      return failure.code === "mp_200"
        ? { subject: t("refusal.mail.provider_scope.subject", { code }), body: t("refusal.mail.provider_scope.body", { code, scope, environment }) }
        : { subject: t("refusal.mail.provider.subject", { code }), body: t("refusal.mail.provider.body", { code, environment }) };
    case "altinn":
      return { subject: t("refusal.mail.altinn.subject", { code }), body: t("refusal.mail.altinn.body", { code, scope, environment }) };
    case "digdir":
      return { subject: t("refusal.mail.digdir.subject", { code }), body: t("refusal.mail.digdir.body", { code, environment }) };
  }
}

function addressOf(recipient: Recipient, { service }: RefusalFacts): string {
  switch (recipient) {
    case "digdir":
      return DIGDIR_EMAIL;
    case "altinn":
      return ALTINN_EMAIL;
    case "provider":
      return service?.owner_email ?? "";
    case "it":
      return "";
  }
}

function factsBlock({ t }: Text, failure: Failure, facts: RefusalFacts): string {
  const { profile, identity, at } = facts;
  const certificate = identity?.certificate;
  const organisation = certificate?.organisation ?? profile.order_form.organisation;
  const digits = certificate?.org_number ?? profile.order_form.org_number;
  const trace = failure.detail?.trace_id;
  const clientId = facts.clientId ?? profile.client_id;
  const lines = [
    profile.environment === "practice" && t("refusal.mail.practice_note"),
    clientId && t("refusal.mail.facts.client_id", { client_id: clientId }),
    profile.environment &&
      t("refusal.mail.facts.environment", { environment: t(`refusal.mail.environment.${profile.environment}`) }),
    organisation && t("refusal.mail.facts.organisation", { organisation, org_number: orgNumber(digits) }),
    facts.scopes.length > 0 && t("refusal.mail.facts.scope", { scope: facts.scopes.join(" ") }),
    t("refusal.mail.facts.time", { time: t("refusal.mail.time", { date: norwegianDate(at), clock: textIn("nb").time(at) }) }),
    trace && t("refusal.mail.facts.trace", { trace }),
  ];
  return lines.filter(Boolean).join("\n");
}

/** "20.11.2026": the letters keep one form in every language of the window. */
function norwegianDate(at: number): string {
  const when = new Date(at * 1000);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(when.getDate())}.${two(when.getMonth() + 1)}.${when.getFullYear()}`;
}
