import type { Place } from "../../bridge/wire";
import type { TuningFaults } from "./tuning";

/** The places of a foresight that are fields of «Tilpass forespørselen». */
export type TuneField = Extract<Place, "scopes" | "resource" | "consumer" | "person" | "details" | "chain">;

/** Those, and the fields that only the window checks. */
type Field = TuneField | "lifetime" | "system_user" | "external_ref" | "consent_id" | "consent_from";

/** The id of a field, so that a foresight or a fault can lead to it. */
export function tuneFieldId(field: Field): string {
  return `tune-field-${field}`;
}

/** Opens the panels around a field and puts the focus in it. */
export function goToTuneField(field: Field) {
  const found = document.getElementById(tuneFieldId(field));
  for (let around = found?.parentElement; around; around = around.parentElement) {
    if (around.matches("details, u-details")) around.toggleAttribute("open", true);
  }
  const control = found?.matches(CONTROLS) ? found : found?.querySelector<HTMLElement>(CONTROLS);
  control?.scrollIntoView?.({ block: "center" });
  control?.focus();
}

/** Leads to the first field that cannot be sent, wherever it is folded away. */
export function goToFault(faults: TuningFaults) {
  const first = FAULTY.find(([fault]) => faults[fault]);
  if (first) goToTuneField(first[1]);
}

/** In the order of the page. */
const FAULTY: [keyof TuningFaults, Field][] = [
  ["scopes", "scopes"],
  ["resource", "resource"],
  ["consumer", "consumer"],
  ["pid", "person"],
  ["systemUser", "system_user"],
  ["externalRef", "external_ref"],
  ["consentId", "consent_id"],
  ["consentFrom", "consent_from"],
  ["lifetime", "lifetime"],
];

const CONTROLS = "input, select, button";
