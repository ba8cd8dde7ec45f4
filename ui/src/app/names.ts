import type { Profile } from "../bridge/wire";
import { services as inEnglish } from "../i18n/en/services";
import { shell as shellInEnglish } from "../i18n/en/shell";
import { services as inBokmal } from "../i18n/nb/services";
import { shell as shellInBokmal } from "../i18n/nb/shell";
import { services as inNynorsk } from "../i18n/nn/services";
import { shell as shellInNynorsk } from "../i18n/nn/shell";
import type { Text } from "../i18n/text";

/** The name of an API in the language of the window; the id when the catalogue does not know it. */
export function serviceName({ maybe }: Pick<Text, "maybe">, id: string): string {
  return maybe(`services.${id}.name`) ?? id;
}

/** The API of an oppsett as people know it; one of the user's own is called what the oppsett is called. */
export function apiName(text: Pick<Text, "maybe">, { service, name }: Pick<Profile, "service" | "name">): string | null {
  if (service === null) return null;
  return service === OTHER ? name : (text.maybe(`services.${service}.name`) ?? name);
}

/**
 * The name of an oppsett as shown. A name the program itself gave follows the language;
 * one the user chose stays as it is.
 */
export function profileName(text: Pick<Text, "maybe" | "t">, profile: Named): string {
  const { name, service, scopes } = profile;
  if (!isOurs(profile)) return name;
  if (service === null) return text.t("shell.setup_new");
  return service === OTHER ? scopes.join(" ") : serviceName(text, service);
}

/** True when no person has named the oppsett: it is called after its API or scope, or «Nytt oppsett». */
export function isOurs({ name, service, scopes }: Named): boolean {
  const scope = service === OTHER && name === scopes.join(" ");
  return name === "" || scope || OUR_NAMES.has(name);
}

/** In all three languages, whichever the window speaks: the name may have been given in another. */
const OUR_NAMES = new Set([
  ...[shellInBokmal, shellInNynorsk, shellInEnglish].map(({ setup_new }) => setup_new),
  ...[inBokmal, inNynorsk, inEnglish].flatMap((services) => Object.values(services).map(({ name }) => name)),
]);

type Named = Pick<Profile, "name" | "service" | "scopes">;

const OTHER = "other";
