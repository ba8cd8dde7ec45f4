import type { settings as nb } from "../nb/settings";
import type { Words } from "../words";

export const settings = {
  title: "Settings",
  tab: { look: "Language and appearance", log: "Log and diagnostics" },
  log: {
    title: "Latest events",
    folder: "Open the log folder",
    export: "Export …",
    exported: "Saved as {name}.",
    time: "Time",
    type: "Type",
    event: "Event",
    info: "Info",
    warning: "Warning",
    issued: "Token issued",
    cancelled: "The request was cancelled",
    refused: "No token was issued: {what}",
    client: "client {client}",
    consumer: "for {consumer}",
    trace: "trace ID {id}",
    none: "Nobody has asked for a token yet.",
    kept: "The log is deleted after 30 days. It never holds tokens, passwords or private keys.",
  },
  language: {
    title: "Language",
    text: "Applies at once. Texts sent to Digdir are always in Norwegian.",
  },
  scheme: {
    title: "Appearance",
    text: "“Same as system” follows your computer.",
    auto: "Same as system",
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
