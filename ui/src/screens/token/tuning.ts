import type { Profile, TokenOptions } from "../../bridge/wire";
import { orgNumberFault } from "../../components/org-number";

/** What a tester may change in a request, as typed. */
export type Tuning = { scopes: string; resource: string; consumer: string; lifetime: string };

/** A field that cannot be sent, and the key of its text under `token.tune`. */
export type TuningFaults = { scopes?: "scopes_missing" | "scopes_shape"; resource?: "resource_shape"; consumer?: true; lifetime?: "lifetime_shape" };

export function tuningOf({ scopes, resource, consumer_org }: Profile): Tuning {
  return { scopes: scopes.join(" "), resource: resource.join(" "), consumer: consumer_org ?? "", lifetime: String(LIFETIME_S_MAX) };
}

export function faultsOf(tuning: Tuning): TuningFaults {
  const scopes = words(tuning.scopes);
  const lifetime = Number(tuning.lifetime);
  return {
    ...(scopes.length === 0 ? { scopes: "scopes_missing" as const } : scopes.every(isScope) ? {} : { scopes: "scopes_shape" as const }),
    ...(words(tuning.resource).every(isAddress) ? {} : { resource: "resource_shape" as const }),
    ...(tuning.consumer !== "" && orgNumberFault(tuning.consumer) ? { consumer: true as const } : {}),
    ...(Number.isInteger(lifetime) && lifetime >= LIFETIME_S_MIN && lifetime <= LIFETIME_S_MAX ? {} : { lifetime: "lifetime_shape" as const }),
  };
}

/** Only what differs from the oppsett is sent along. */
export function optionsOf(tuning: Tuning, profile: Profile): TokenOptions {
  const own = tuningOf(profile);
  return {
    ...(tuning.scopes.trim() === own.scopes ? {} : { scopes: words(tuning.scopes) }),
    ...(tuning.resource.trim() === own.resource ? {} : { resource: words(tuning.resource) }),
    ...(tuning.consumer === "" || tuning.consumer === own.consumer ? {} : { consumer_org: tuning.consumer }),
    ...(tuning.lifetime.trim() === own.lifetime ? {} : { lifetime_s: Number(tuning.lifetime) }),
  };
}

function words(typed: string): string[] {
  return typed.split(/\s+/).filter(Boolean);
}

/** `prefix:subscope` (Digdir, "Scopes"). */
function isScope(word: string): boolean {
  return /^[^\s:]+:[^\s]+$/.test(word);
}

/** An absolute address without fragment (RFC 8707 §2). */
function isAddress(word: string): boolean {
  return URL.canParse(word) && !word.includes("#");
}

const LIFETIME_S_MIN = 10;
/** Maskinporten refuses a grant that lives longer. */
const LIFETIME_S_MAX = 120;
