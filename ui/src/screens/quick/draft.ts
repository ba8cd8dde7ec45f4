import type { EnvironmentName, Identity, ServiceFacts } from "../../bridge/wire";

/** The short form as typed. */
export type Draft = {
  /** Id of a stored certificate, or NEW for a file. */
  identity: string;
  password: string;
  clientId: string;
  scope: string;
  environment: EnvironmentName;
};

export type Fault = { field: "certificate" | "client-id" | "scope"; key: "quick.certificate.missing" | "quick.client_id_malformed" | "api.other.missing" | "api.other.malformed" };

/** The value of «Et annet sertifikat …». */
export const NEW = "new";

export function firstDraft(identities: Identity[]): Draft {
  return { identity: identities[0]?.id ?? NEW, password: "", clientId: "", scope: "", environment: "test" };
}

export function faultsIn(draft: Draft, hasFile: boolean): Fault[] {
  const faults: Fault[] = [];
  if (draft.identity === NEW && !hasFile) faults.push({ field: "certificate", key: "quick.certificate.missing" });
  if (!CLIENT_ID.test(draft.clientId.trim())) faults.push({ field: "client-id", key: "quick.client_id_malformed" });
  if (draft.scope.trim() === "") faults.push({ field: "scope", key: "api.other.missing" });
  else if (!scopesIn(draft.scope).every((scope) => SCOPE.test(scope))) faults.push({ field: "scope", key: "api.other.malformed" });
  return faults;
}

/** One scope, or several with spaces between. */
export function scopesIn(typed: string): string[] {
  return typed.trim().split(/\s+/).filter(Boolean);
}

/** The API that offers all these scopes; «et annet API» when none does. */
export function serviceOf(scopes: string[], services: ServiceFacts[]): string {
  const offers = (service: ServiceFacts) => scopes.every((wanted) => service.scopes.some(({ scope }) => scope === wanted));
  return services.find((service) => service.scopes.length > 0 && offers(service))?.id ?? "other";
}

const CLIENT_ID = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|oidc_\S+)$/i;
const SCOPE = /^[^\s:]+:[^\s]+$/;
