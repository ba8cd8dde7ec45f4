import type { welcome as nb } from "../nb/welcome";
import type { Words } from "../words";

export const welcome = {
  title: "Velkomen. Kva vil du gjere?",
  lead: "Denne appen hjelper verksemda di med å ta i bruk Maskinporten – utan at du treng å kunne OAuth.",
  practice: {
    title: "Øv først",
    text: "Prøv alle stega med ei innebygd utgåve av Maskinporten. Du treng ikkje sertifikat, avtalar eller nett, og ingenting kan gå gale.",
    button: "Start øvinga",
  },
  setup: {
    title: "Set opp ein integrasjon",
    text: "Få hjelp til heile vegen: bestille tilgang, importere sertifikatet, opprette klient og hente det første tokenet.",
    button: "Start oppsettet",
  },
  token: {
    title: "Hent eit token med det eg har",
    text: "For deg som allereie har sertifikat og klient-ID. Legg inn begge, og hent token med eitt klikk.",
    button: "Gå til Hent token",
  },
  foot: "Sertifikata ligg forsegla på maskina di, og nøkkelen til forseglinga ligg i nøkkelringen. Ingenting blir sendt til oss. Appen er laga uavhengig av Digdir.",
} satisfies Words<typeof nb>;
