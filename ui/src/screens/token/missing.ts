import type { Profile } from "../../bridge/wire";

/** The step that must be done before a token can be asked for. */
export type MissingStep = 1 | 4 | 5;

/** The first missing step; null when nothing is missing. */
export function missingStep(profile: Profile): MissingStep | null {
  if (!profile.environment || profile.scopes.length === 0) return 1;
  if (!profile.identity) return 4;
  return profile.client_id ? null : 5;
}
