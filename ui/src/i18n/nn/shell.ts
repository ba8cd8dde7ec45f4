import type { shell as nb } from "../nb/shell";
import type { Words } from "../words";

export const shell = {
  skip: "Hopp til hovudinnhald",
  menu: "Meny",
  nav: "Hovudmeny",
  language: "Språk",
  languages: { nb: "Bokmål", nn: "Nynorsk", en: "English" },
  theme_toggle: "Byt mellom lyst og mørkt",
  setup: "Oppsett",
  setup_new: "Nytt oppsett",
  setups: "Alle oppsett",
  all: "Hent for alle",
  setup_none: "Ingen oppsett enno",
  start: "Start",
  road: "Vegen til token",
  token: "Hent token",
  certificates: "Sertifikat",
  files: "Filer til systemet",
  client: "Klient",
  settings: "Innstillingar",
  group: { daily: "Dagleg bruk", setup: "Oppsett", help: "Hjelp" },
  progress: "{done}/{total}",
  step: "Steg {number} av {total}",
  title: "{page} – {environment} – {app}",
  title_plain: "{page} – {app}",
  failed: "Portner fekk ikkje starta. Lukk vindauget, og prøv igjen.",
} satisfies Words<typeof nb>;
