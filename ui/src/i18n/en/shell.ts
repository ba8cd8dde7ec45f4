import type { shell as nb } from "../nb/shell";
import type { Words } from "../words";

export const shell = {
  skip: "Skip to main content",
  menu: "Menu",
  nav: "Main menu",
  language: "Language",
  languages: { nb: "Bokmål", nn: "Nynorsk", en: "English" },
  theme_toggle: "Switch between light and dark",
  setup: "Setup",
  setup_new: "New setup",
  setups: "All setups",
  all: "Get for all",
  setup_none: "No setup yet",
  start: "Start",
  road: "The road to a token",
  token: "Get token",
  certificates: "Certificates",
  files: "Files for your system",
  client: "Client",
  settings: "Settings",
  group: { daily: "Daily use", setup: "Setup", help: "Help" },
  progress: "{done}/{total}",
  step: "Step {number} of {total}",
  title: "{page} – {environment} – {app}",
  title_plain: "{page} – {app}",
  failed: "Portner could not start. Close the window and try again.",
} satisfies Words<typeof nb>;
