import type { settings as nb } from "../nb/settings";
import type { Words } from "../words";

export const settings = {
  title: "Settings",
  tab: { look: "Language and appearance" },
  language: {
    title: "Language",
    text: "Applies at once. Texts sent to Digdir are always in Norwegian.",
  },
  scheme: {
    title: "Appearance",
    text: "“As the system” follows your computer.",
    auto: "As the system",
    light: "Light",
    dark: "Dark",
  },
  size: {
    title: "Text size",
    text: "You can also use Ctrl + plus and Ctrl + minus.",
    normal: "Normal",
    large: "Large",
    largest: "Largest",
  },
} satisfies Words<typeof nb>;
