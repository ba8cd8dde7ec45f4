import type { Profile } from "../../bridge/wire";
import type { Text } from "../../i18n/text";

/** The name of the oppsett's API as people know it; one of the user's own is called what the oppsett is called. */
export function serviceName({ maybe }: Text, { service, name }: Profile): string | null {
  if (service === null) return null;
  return service === "other" ? name : (maybe(`services.${service}.name`) ?? name);
}
