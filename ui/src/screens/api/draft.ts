import type { Profile, ProfileChange, ServiceFacts } from "../../bridge/wire";
import { isScope, wordsIn } from "../../components/scope";

/** What the user has chosen so far: an API with its scopes, or an API of their own. */
export type Draft = {
  service: string | null;
  scopes: string[];
  /** «Et annet API», as typed. */
  scope: string;
  address: string;
  resource: string;
};

export type DraftAction =
  | { do: "service"; facts: ServiceFacts }
  | { do: "scope"; facts: ServiceFacts; scope: string; on: boolean }
  | { do: "type"; field: "scope" | "address" | "resource"; text: string };

/** What can be wrong with it: field, and key under `api`. */
export type Fault = { field: "service" | "scopes" | "scope" | "address"; key: "choose" | "facts.choose_scope" | "other.missing" | "other.malformed" | "other.address_malformed" };

export function draftOf(profile: Profile): Draft {
  const other = profile.service === OTHER;
  return {
    service: profile.service,
    scopes: other ? [] : profile.scopes,
    scope: other ? profile.scopes.join(" ") : "",
    address: profile.api_address ?? "",
    resource: profile.resource.join(" "),
  };
}

export function reduceDraft(draft: Draft, action: DraftAction): Draft {
  switch (action.do) {
    case "service":
      if (draft.service === action.facts.id) return draft;
      return {
        ...draft,
        service: action.facts.id,
        scopes: action.facts.scopes.filter(({ preselected }) => preselected).map(({ scope }) => scope),
      };
    case "scope": {
      const others = action.facts.several_scopes ? draft.scopes.filter((scope) => scope !== action.scope) : [];
      return { ...draft, scopes: action.on ? [...others, action.scope] : others };
    }
    case "type":
      return { ...draft, [action.field]: action.text };
  }
}

export function faultsIn(draft: Draft): Fault[] {
  if (draft.service === null) return [{ field: "service", key: "choose" }];
  if (draft.service !== OTHER) return draft.scopes.length === 0 ? [{ field: "scopes", key: "facts.choose_scope" }] : [];

  const faults: Fault[] = [];
  const scopes = scopesOf(draft);
  if (scopes.length === 0) faults.push({ field: "scope", key: "other.missing" });
  else if (!scopes.every(isScope)) faults.push({ field: "scope", key: "other.malformed" });
  if (draft.address.trim() !== "" && !ADDRESS.test(draft.address.trim())) faults.push({ field: "address", key: "other.address_malformed" });
  return faults;
}

/** The scopes as chosen, or as typed. */
export function scopesOf(draft: Draft): string[] {
  return draft.service === OTHER ? wordsIn(draft.scope) : draft.scopes;
}

/** What is saved. The name follows the API, or its scope, until the user has given one (`own`). */
export function changeFrom(draft: Draft, own: string | null, service: string): ProfileChange {
  const other = draft.service === OTHER;
  const scopes = scopesOf(draft);
  return {
    name: own ?? (other ? scopes.join(" ") : service),
    service: draft.service ?? undefined,
    scopes,
    resource: other ? wordsIn(draft.resource) : [],
    api_address: other ? draft.address.trim() || null : null,
  };
}

export const OTHER = "other";

const ADDRESS = /^https:\/\/\S+$/;
