import type { Profile } from "../bridge/wire";
import { catalogues } from "../i18n/catalogue";
import type { Text } from "../i18n/text";

/** The name of an API in the language of the window; the id when the catalogue does not know it. */
export function serviceName({ maybe }: Pick<Text, "maybe">, id: string): string {
  return maybe(`services.${id}.name`) ?? id;
}

/**
 * The name of an oppsett as shown. A name the window itself gave follows the language;
 * one the user chose stays as it is.
 */
export function profileName(text: Pick<Text, "maybe" | "t">, profile: Pick<Profile, "name" | "service">): string {
  const { name, service } = profile;
  if (service && (name === "" || everywhere((words) => serviceIn(words, service)).includes(name))) {
    return serviceName(text, service);
  }
  if (name === "" || everywhere((words) => words.shell.setup_new).includes(name)) return text.t("shell.setup_new");
  return name;
}

type Words = (typeof catalogues)["nb"];

function everywhere(find: (words: Words) => string): string[] {
  return Object.values(catalogues).map(find);
}

function serviceIn(words: Words, id: string): string {
  return Object.hasOwn(words.services, id) ? words.services[id as keyof Words["services"]].name : "";
}
