import type { Failure, Identity, Profile, ServiceFacts } from "../bridge/wire";
import { orgNumber } from "../i18n/formats";
import { failureText } from "../i18n/shared";
import { textIn, type Text } from "../i18n/text";
import type { Draft } from "./MailDraft";
import { ALTINN_EMAIL, DIGDIR_EMAIL, recipientsFor, type Recipient } from "./refusal-help";
import { saidParams } from "./said-params";

/** What the letters tell about the request that was refused. */
export type RefusalFacts = {
  profile: Profile;
  identity: Identity | null;
  service: ServiceFacts | null;
  scopes: string[];
  /** The customer that was asked for, nine digits. */
  consumer: string | null;
  /** The client id that was tried, when it is not yet the oppsett's own. */
  clientId: string | null;
  /** Seconds since 1970. */
  at: number;
};

/** One letter to each who can help. Norwegian, and never with a token, password or key in it. */
export function refusalDrafts(text: Text, failure: Failure, facts: RefusalFacts): Draft[] {
  return recipientsFor(text.language, failure.code).map((recipient) => {
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

function letterTo(text: Text, recipient: Recipient, failure: Failure, facts: RefusalFacts) {
  const { t } = text;
  const environment = t(`refusal.mail.environment_short.${facts.profile.environment ?? "test"}`);
  const code = failure.detail?.mp_code;
  const scope = facts.scopes.join(" ");
  if (recipient === "it" && failure.code.startsWith("network_")) {
    return { subject: t("refusal.mail.it.subject"), body: t("refusal.mail.it.body") };
  }
  if (recipient === "it" && CLOCK.includes(failure.code)) {
    return { subject: t("refusal.mail.it_clock.subject"), body: t("refusal.mail.it_clock.body") };
  }
  if (failure.code === "mp_200" && code && recipient === "provider") {
    return {
      subject: t("refusal.mail.provider_scope.subject", { code }),
      body: t("refusal.mail.provider_scope.body", { code, scope, environment }),
    };
  }
  const language = text.language === "nn" ? "nn" : "nb";
  const said = failureText(language, { code: failure.code, params: saidParams(textIn(language), failure.params) });
  const subject = code && recipient !== "it" ? t(`refusal.mail.${recipient}.subject`, { code }) : t("refusal.mail.plain.subject");
  // What nobody has words for is told in the server's.
  const { description } = failure.params;
  if (description && said.why?.includes(description)) {
    return { subject, body: t("refusal.mail.plain.body_answer", { environment, answer: description }) };
  }
  if (!code || recipient === "it") return { subject, body: t("refusal.mail.plain.body", { environment, what: said.what }) };
  const supplier = organisationOf(facts);
  if (recipient === "altinn" && facts.consumer && supplier) {
    const customer = orgNumber(facts.consumer);
    return {
      subject,
      body: t("refusal.mail.altinn.body_parties", { code, scope, environment, customer, supplier }),
    };
  }
  return {
    subject,
    body: t(`refusal.mail.${recipient}.body`, { code, scope, environment }),
  };
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
  const { profile, at } = facts;
  const organisation = organisationOf(facts);
  const trace = failure.detail?.trace_id;
  const clientId = facts.clientId ?? profile.client_id;
  const lines = [
    profile.environment === "practice" && t("refusal.mail.practice_note"),
    clientId && t("refusal.mail.facts.client_id", { client_id: clientId }),
    profile.environment &&
      t("refusal.mail.facts.environment", { environment: t(`refusal.mail.environment.${profile.environment}`) }),
    organisation && t("refusal.mail.facts.organisation", { organisation }),
    facts.scopes.length > 0 && t("refusal.mail.facts.scope", { scope: facts.scopes.join(" ") }),
    t("refusal.mail.facts.time", { time: t("refusal.mail.time", { date: norwegianDate(at), clock: textIn("nb").time(at) }) }),
    trace && t("refusal.mail.facts.trace", { trace }),
  ];
  return lines.filter(Boolean).join("\n");
}

/** «GRANITT SPAREBANK, 313 045 285»; null when nobody has said who we are. */
function organisationOf({ profile, identity }: RefusalFacts): string | null {
  const certificate = identity?.certificate;
  const name = certificate?.organisation ?? profile.order_form.organisation;
  const digits = certificate?.org_number ?? profile.order_form.org_number;
  return name === "" ? null : [name, orgNumber(digits)].filter(Boolean).join(", ");
}

/** "20.11.2026": the letters keep one form in every language of the window. */
function norwegianDate(at: number): string {
  const when = new Date(at * 1000);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(when.getDate())}.${two(when.getMonth() + 1)}.${when.getFullYear()}`;
}

/** Refusals that come of a clock that goes wrong. */
const CLOCK = ["mp_130", "issue_time_ahead"];
