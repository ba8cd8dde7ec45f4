import type { Profile } from "../bridge/wire";
import { catalogues } from "../i18n/catalogue";
import type { Text } from "../i18n/text";

/** The name of an API in the language of the window; the id when the catalogue does not know it. */
export function serviceName({ maybe }: Pick<Text, "maybe">, id: string): string {
  return maybe(`services.${id}.name`) ?? id;
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
  return name === "" || scope || Object.values(catalogues).some((words) => namesIn(words).includes(name));
}

function namesIn({ services, shell }: (typeof catalogues)["nb"]): string[] {
  return [shell.setup_new, ...Object.values(services).map(({ name }) => name)];
}

type Named = Pick<Profile, "name" | "service" | "scopes">;

const OTHER = "other";
