import type { EnvironmentName, Identity, Keep, ServiceFacts } from "../../bridge/wire";
import { isScope, wordsIn } from "../../components/scope";
import { looksLikeClientId, trimmedClientId } from "../client/client-id";

/** The short form as typed. */
export type Draft = {
  /** Id of a stored certificate, or NEW for a file; null until the user has chosen. */
  identity: string | null;
  password: string;
  /** Where the key has one of its own. */
  keyPassword: string;
  keep: Keep;
  clientId: string;
  scope: string;
  environment: EnvironmentName;
};

export type Fault = { field: "certificate" | "client-id" | "scope"; key: "quick.certificate.missing" | "quick.client_id_malformed" | "api.other.missing" | "api.other.malformed" };

/** The value of «Et annet sertifikat …». */
export const NEW = "new";

export function firstDraft(keep: Keep): Draft {
  return { identity: null, password: "", keyPassword: "", keep, clientId: "", scope: "", environment: "test" };
}

/** A key is bound to one environment; where that is unknown, the user knows better. */
export function fitting(identities: Identity[], environment: EnvironmentName): Identity[] {
  return identities.filter((identity) => [environment, "unknown"].includes(environmentOf(identity)));
}

export function environmentOf({ certificate, own_key }: Identity): EnvironmentName | "unknown" {
  return (certificate ?? own_key)?.environment ?? "unknown";
}

/** What is chosen: the user's choice as long as it fits, else the first that does. */
export function chosenIn({ identity }: Draft, fits: Identity[]): string {
  if (identity === NEW || fits.some(({ id }) => id === identity)) return identity ?? NEW;
  return fits[0]?.id ?? NEW;
}

export function faultsIn(draft: Draft, chosen: string, hasFile: boolean): Fault[] {
  const faults: Fault[] = [];
  if (chosen === NEW && !hasFile) faults.push({ field: "certificate", key: "quick.certificate.missing" });
  if (!looksLikeClientId(trimmedClientId(draft.clientId))) faults.push({ field: "client-id", key: "quick.client_id_malformed" });
  const scopes = wordsIn(draft.scope);
  if (scopes.length === 0) faults.push({ field: "scope", key: "api.other.missing" });
  else if (!scopes.every(isScope)) faults.push({ field: "scope", key: "api.other.malformed" });
  return faults;
}

/** The API that offers all these scopes; «et annet API» when none does. */
export function serviceOf(scopes: string[], services: ServiceFacts[]): string {
  const offers = (service: ServiceFacts) => scopes.every((wanted) => service.scopes.some(({ scope }) => scope === wanted));
  return services.find((service) => service.scopes.length > 0 && offers(service))?.id ?? "other";
}
