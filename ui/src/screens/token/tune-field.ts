import type { Place } from "../../bridge/wire";

/** The places of a foresight that are fields of «Tilpass forespørselen». */
export type TuneField = Extract<Place, "scopes" | "resource" | "consumer" | "person" | "details" | "chain">;

/** The id of a field, so that a foresight can lead to it. */
export function tuneFieldId(field: TuneField): string {
  return `tune-field-${field}`;
}

/** Opens the panels around a field and puts the focus in it. */
export function goToTuneField(field: TuneField) {
  const found = document.getElementById(tuneFieldId(field));
  for (let around = found?.parentElement; around; around = around.parentElement) {
    if (around.matches("details, u-details")) around.toggleAttribute("open", true);
  }
  const control = found?.matches(CONTROLS) ? found : found?.querySelector<HTMLElement>(CONTROLS);
  control?.scrollIntoView?.({ block: "center" });
  control?.focus();
}

const CONTROLS = "input, select, button";
