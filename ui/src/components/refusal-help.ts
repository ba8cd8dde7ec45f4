import type { Path } from "../app/route";
import type { Language, Profile } from "../bridge/wire";
import { sharedText } from "../i18n/shared";

/** Who a drafted e-mail may go to. */
export type Recipient = "provider" | "digdir" | "it" | "altinn";

/** Where in the window, or in the portal, the cause of a failure is mended. */
export type Remedy = { id: "environment" | "order" | "certificates" | "client"; path: Path } | { id: "portal" };

/**
 * Who can help, the likeliest first; nobody when the user alone can mend it.
 * The shared texts say who (`to`); where the provider or Altinn is asked, Digdir may be asked too.
 */
export function recipientsFor(language: Language, code: string): Recipient[] {
  const words = sharedText(language, "failures", code) ?? sharedText(language, "failures", "refusal_unknown");
  const to = words !== null && typeof words !== "string" ? words.to : null;
  const first = KNOWN.find((recipient) => recipient === to);
  if (!first) return [];
  return code.startsWith("mp_") && (first === "provider" || first === "altinn") ? [first, "digdir"] : [first];
}

/** Where to go to mend it. */
export function remediesFor(code: string, { environment }: Profile): Remedy[] {
  const remedies = named(REMEDIES, code) ?? [];
  // The practice Maskinporten has no portal.
  return environment === "practice" ? remedies.filter(({ id }) => id !== "portal") : remedies;
}

/** Digdir's self-service portal (Digdir, "Selvbetjening"). */
export const PORTAL = {
  test: "https://selvbetjening.test.samarbeid.digdir.no",
  production: "https://selvbetjening.samarbeid.digdir.no",
};

export const DIGDIR_EMAIL = "servicedesk@digdir.no";
export const ALTINN_EMAIL = "servicedesk@altinn.no";

/** The entry of a code, or of the longest beginning of it: "network_" stands for all that begin so. */
function named<T>(table: Record<string, T>, code: string): T | undefined {
  const keys = Object.keys(table).filter((key) => code.startsWith(key));
  return table[keys.sort((a, b) => b.length - a.length)[0] ?? ""];
}

const CLIENT: Remedy = { id: "client", path: "/klient" };
const CERTIFICATES: Remedy = { id: "certificates", path: "/sertifikater" };
const ENVIRONMENT: Remedy = { id: "environment", path: "/oppsett/miljo" };
const ORDER: Remedy = { id: "order", path: "/oppsett/tilgang" };
const PORTAL_LINK: Remedy = { id: "portal" };

const KNOWN: Recipient[] = ["provider", "digdir", "it", "altinn"];

const REMEDIES: Record<string, Remedy[]> = {
  mp_011: [CLIENT],
  mp_100: [CLIENT, PORTAL_LINK],
  mp_110: [ENVIRONMENT],
  mp_120: [CERTIFICATES],
  mp_121: [PORTAL_LINK],
  mp_122: [CERTIFICATES, CLIENT],
  mp_124: [CERTIFICATES],
  mp_200: [PORTAL_LINK, CLIENT],
  mp_201: [PORTAL_LINK, CLIENT],
  mp_250: [ORDER],
  kid_: [CLIENT],
  selfservice_: [PORTAL_LINK],
  portal_: [PORTAL_LINK],
  certificate_: [CERTIFICATES],
  identity_: [CERTIFICATES],
};
