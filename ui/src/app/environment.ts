import { useCallback } from "react";
import { useBridge } from "../bridge/context";
import type { EnvironmentName, Profile } from "../bridge/wire";
import { useApp } from "./app-state";

/** The oppsett like this one in another environment, when there is one already. */
export function twinOf(profile: Profile, environment: EnvironmentName, profiles: Profile[]): Profile | null {
  const alike = (other: Profile) =>
    other.id !== profile.id &&
    other.environment === environment &&
    other.service === profile.service &&
    [...other.scopes].sort().join(" ") === [...profile.scopes].sort().join(" ");
  return profiles.find(alike) ?? null;
}

/**
 * Gives the active oppsett its environment, or goes over to a like one in another:
 * an oppsett belongs to one environment for good. Production must be confirmed before.
 */
export function useChooseEnvironment() {
  const bridge = useBridge();
  const { profile, profiles, refresh, activate } = useApp();
  return useCallback(
    async (environment: EnvironmentName) => {
      if (!profile || profile.environment === environment) return;
      if (profile.environment === null) {
        await bridge.changeProfile(profile.id, { environment });
        return refresh();
      }
      const twin = twinOf(profile, environment, profiles) ?? (await bridge.copyProfile(profile.id, { environment }));
      await activate(twin.id);
    },
    [bridge, profile, profiles, refresh, activate],
  );
}
