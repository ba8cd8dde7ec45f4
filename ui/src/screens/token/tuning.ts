import type { AlgorithmName, DetailOptions, Profile, ProfileChange, TokenOptions } from "../../bridge/wire";
import { orgDigits, orgNumberFault } from "../../components/org-number";
import { isPersonNumber } from "./person-number";

/** What a tester may change in a request, as typed. Kept only while the page is open. */
export type Tuning = {
  scopes: string;
  resource: string;
  consumer: string;
  lifetime: string;
  pid: string;
  detail: DetailKind;
  systemUser: string;
  externalRef: string;
  consentId: string;
  consentFrom: string;
  algorithm: AlgorithmName;
  chain: boolean;
};

export type DetailKind = "none" | "system_user" | "consent";

/** A field that cannot be sent, and the key of its text under `token.tune`. */
export type TuningFaults = {
  scopes?: "scopes_missing" | "scopes_shape";
  resource?: "resource_shape" | "resource_fragment";
  consumer?: true;
  lifetime?: "lifetime_shape";
  pid?: "pid_shape";
  systemUser?: true;
  externalRef?: "external_ref_shape";
  consentId?: "consent_id_shape";
  consentFrom?: "consent_from_shape";
};

export function tuningOf({ scopes, resource, consumer_org, system_user, algorithm, chain }: Profile): Tuning {
  return {
    scopes: scopes.join(" "),
    resource: resource.join(" "),
    consumer: consumer_org ?? "",
    lifetime: String(LIFETIME_S_MAX),
    pid: "",
    detail: system_user ? "system_user" : "none",
    systemUser: system_user?.org ?? "",
    externalRef: system_user?.external_ref ?? "",
    consentId: "",
    consentFrom: "",
    algorithm,
    chain,
  };
}

export function faultsOf(tuning: Tuning): TuningFaults {
  const scopes = words(tuning.scopes);
  const lifetime = Number(tuning.lifetime);
  const pid = tuning.pid.trim();
  return {
    ...(scopes.length === 0 ? { scopes: "scopes_missing" as const } : scopes.every(isScope) ? {} : { scopes: "scopes_shape" as const }),
    ...resourceFaults(words(tuning.resource)),
    ...(tuning.consumer !== "" && orgNumberFault(tuning.consumer) ? { consumer: true as const } : {}),
    ...(Number.isInteger(lifetime) && lifetime >= LIFETIME_S_MIN && lifetime <= LIFETIME_S_MAX ? {} : { lifetime: "lifetime_shape" as const }),
    ...(pid === "" || isPersonNumber(pid) ? {} : { pid: "pid_shape" as const }),
    ...(tuning.detail === "system_user" ? systemUserFaults(tuning) : {}),
    ...(tuning.detail === "consent" ? consentFaults(tuning) : {}),
  };
}

/** Only what differs from the oppsett is sent along. */
export function optionsOf(tuning: Tuning, profile: Profile): TokenOptions {
  const own = tuningOf(profile);
  const detail = isOwnDetail(tuning, own) ? null : detailOf(tuning);
  return {
    ...(tuning.scopes.trim() === own.scopes ? {} : { scopes: words(tuning.scopes) }),
    ...(tuning.resource.trim() === own.resource ? {} : { resource: words(tuning.resource) }),
    ...(tuning.consumer === own.consumer ? {} : { consumer_org: tuning.consumer }),
    ...(tuning.pid.trim() === "" ? {} : { pid: tuning.pid.trim() }),
    ...(detail ? { detail } : {}),
    ...(tuning.algorithm === own.algorithm ? {} : { algorithm: tuning.algorithm }),
    ...(tuning.chain === own.chain ? {} : { chain: tuning.chain }),
    ...(tuning.lifetime.trim() === own.lifetime ? {} : { lifetime_s: Number(tuning.lifetime) }),
  };
}

/** What an oppsett can keep of it, where it differs; nothing of a person, and nothing of one request. */
export function changeOf(tuning: Tuning, profile: Profile): ProfileChange | null {
  const { scopes, resource, consumer_org, detail, algorithm, chain } = optionsOf(tuning, profile);
  const change: ProfileChange = {
    ...(scopes && { scopes }),
    ...(resource && { resource }),
    ...(consumer_org !== undefined && { consumer_org: consumer_org || null }),
    ...(detail?.type === "none" && { system_user: null }),
    ...(detail?.type === "system_user" && { system_user: { org: detail.org, external_ref: detail.external_ref ?? null } }),
    ...(algorithm && { algorithm }),
    ...(chain !== undefined && { chain }),
  };
  return Object.keys(change).length > 0 ? change : null;
}

/** With the scope that was meant in the place of another. */
export function mended(tuning: Tuning, scope: string, meant: string): Tuning {
  return { ...tuning, scopes: words(tuning.scopes).map((word) => (word === scope ? meant : word)).join(" ") };
}

/** Whether it is what the oppsett itself asks for. */
function isOwnDetail(tuning: Tuning, own: Tuning): boolean {
  if (tuning.detail !== own.detail) return false;
  if (tuning.detail === "none") return true;
  return tuning.detail === "system_user" && tuning.systemUser === own.systemUser && tuning.externalRef.trim() === own.externalRef;
}

function detailOf(tuning: Tuning): DetailOptions {
  switch (tuning.detail) {
    case "none":
      return { type: "none" };
    case "system_user": {
      const external = tuning.externalRef.trim();
      return { type: "system_user", org: tuning.systemUser, ...(external === "" ? {} : { external_ref: external }) };
    }
    case "consent":
      return { type: "consent", id: tuning.consentId.trim(), from: giverOf(tuning.consentFrom) };
  }
}

function resourceFaults(addresses: string[]): TuningFaults {
  if (addresses.some((word) => word.includes("#"))) return { resource: "resource_fragment" };
  return addresses.every((word) => URL.canParse(word)) ? {} : { resource: "resource_shape" };
}

function systemUserFaults({ systemUser, externalRef }: Tuning): TuningFaults {
  return {
    ...(orgNumberFault(systemUser) ? { systemUser: true as const } : {}),
    ...(externalRef.trim() === "" || EXTERNAL_REF.test(externalRef.trim()) ? {} : { externalRef: "external_ref_shape" as const }),
  };
}

function consentFaults({ consentId, consentFrom }: Tuning): TuningFaults {
  const giver = giverOf(consentFrom);
  return {
    ...(UUID.test(consentId.trim()) ? {} : { consentId: "consent_id_shape" as const }),
    ...(isPersonNumber(giver) || orgNumberFault(giver) === null ? {} : { consentFrom: "consent_from_shape" as const }),
  };
}

/** The digits of a person or an organisation, as a person may write them. */
function giverOf(typed: string): string {
  return orgDigits(typed.trim());
}

function words(typed: string): string[] {
  return typed.split(/\s+/).filter(Boolean);
}

/** `prefix:subscope` (Digdir, "Scopes"). */
function isScope(word: string): boolean {
  return /^[^\s:]+:[^\s]+$/.test(word);
}

const LIFETIME_S_MIN = 10;
/** Maskinporten refuses a grant that lives longer. */
const LIFETIME_S_MAX = 120;
/** What Altinn takes; others are refused with MP-302 (Digdir, "Systembruker"). */
const EXTERNAL_REF = /^[a-zA-Z0-9æÆøØåÅ_-]{1,255}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
