import type { Settings } from "../bridge/wire";

/** What holds until the user has chosen: bokmål, or the system's language when that is nynorsk or English. */
export function settingsOfTheSystem(language: string): Settings {
  const spoken = language.slice(0, 2).toLowerCase();
  return { language: spoken === "nn" || spoken === "en" ? spoken : "nb", scheme: "auto", text_size: "normal" };
}
