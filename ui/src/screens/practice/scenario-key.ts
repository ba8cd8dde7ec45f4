/** The scenarios that decide the answer: one at a time. */
export const ANSWERS = ["clock-skew", "expired-key", "scope-not-granted", "delegation-missing", "503", "maintenance"] as const;

/** Those that go with any. */
export const EXTRAS = ["slow", "altinn-quotes", "terms-not-signed"] as const;

export type Scenario = (typeof ANSWERS)[number] | (typeof EXTRAS)[number];

/** The key of a scenario's texts. */
export function scenarioKey(scenario: string): ScenarioKey {
  return KEYS[scenario as Scenario];
}

const KEYS = {
  "clock-skew": "clock_skew",
  "expired-key": "expired_key",
  "scope-not-granted": "scope_not_granted",
  "delegation-missing": "delegation_missing",
  "503": "unavailable",
  maintenance: "maintenance",
  slow: "slow",
  "altinn-quotes": "altinn_quotes",
  "terms-not-signed": "terms_not_signed",
} as const;

type ScenarioKey = (typeof KEYS)[Scenario];
