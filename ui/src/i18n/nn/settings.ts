import type { settings as nb } from "../nb/settings";
import type { Words } from "../words";

export const settings = {
  title: "Innstillingar",
  tab: { look: "Språk og utsjånad" },
  language: {
    title: "Språk",
    text: "Gjeld med ein gong. Tekstar som blir sende til Digdir, er alltid på norsk.",
  },
  scheme: {
    title: "Utsjånad",
    text: "«Som systemet» følgjer maskina di.",
    auto: "Som systemet",
    light: "Lyst",
    dark: "Mørkt",
  },
  size: {
    title: "Tekststorleik",
    text: "Du kan òg bruke Ctrl + pluss og Ctrl + minus.",
    normal: "Vanleg",
    large: "Stor",
    largest: "Størst",
  },
} satisfies Words<typeof nb>;
