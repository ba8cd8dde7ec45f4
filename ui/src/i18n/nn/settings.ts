import type { settings as nb } from "../nb/settings";
import type { Words } from "../words";

export const settings = {
  title: "Innstillingar",
  tab: { look: "Språk og utsjånad", log: "Logg og diagnose" },
  log: {
    title: "Siste hendingar",
    folder: "Opne loggmappa",
    export: "Eksporter …",
    exported: "Lagra som {name}.",
    time: "Tid",
    type: "Type",
    event: "Hending",
    info: "Info",
    warning: "Åtvaring",
    issued: "Token utferda",
    cancelled: "Førespurnaden vart avbroten",
    refused: "Token vart ikkje utferda: {what}",
    client: "klient {client}",
    consumer: "for {consumer}",
    trace: "sporings-ID {id}",
    none: "Ingen har bede om token enno.",
    kept: "Loggen blir sletta etter 30 dagar. Han inneheld aldri token, passord eller private nøklar.",
  },
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
