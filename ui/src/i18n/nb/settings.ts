export const settings = {
  title: "Innstillinger",
  tab: { look: "Språk og utseende" },
  language: {
    title: "Språk",
    text: "Gjelder med en gang. Tekster som sendes til Digdir, er alltid på norsk.",
  },
  scheme: {
    title: "Utseende",
    text: "«Som systemet» følger maskinen din.",
    auto: "Som systemet",
    light: "Lyst",
    dark: "Mørkt",
  },
  size: {
    title: "Tekststørrelse",
    text: "Du kan også bruke Ctrl + pluss og Ctrl + minus.",
    normal: "Vanlig",
    large: "Stor",
    largest: "Størst",
  },
} as const;
