import type { api as nb } from "../nb/api";
import type { Words } from "../words";

export const api = {
  title: "Kva skal du hente?",
  lead: "Vel API-et du har bestilt tilgang til, eller skal bestille. Du kan lage fleire oppsett seinare.",
  legend: "API",
  choose: "Vel eit API",
  facts: {
    scope: "Tilgang (scope)",
    more: "Fleire",
    order: "Kven bestiller du hos?",
    exchange: "Må tokenet vekslast i Altinn?",
    exchange_yes: "Ja",
    exchange_no: "Nei",
    delegation: "Kan leverandør brukast?",
    delegation_yes: "Ja, i Altinn",
    delegation_no: "Nei",
    verified: "Sist kontrollert {date}",
    choose_scope: "Vel minst eitt scope",
  },
  several: "Digdir tilrår eitt scope per token. Då gjer eit token på avvegar mindre skade.",
  losore_test: "Klient for eit syntetisk organisasjonsnummer må opprettast gjennom sjølvbetenings-API-et.",
  other: {
    scope: "Scope",
    scope_help: "Slik det står i e‑posten frå API-tilbydaren",
    address: "Adresse til API-et (valfritt)",
    resource: "Mottakar/resource (valfritt)",
    missing: "Lim inn eit scope, til dømes brreg:losore/tlg",
    malformed: "Scopet skal innehalde kolon, og ikkje mellomrom",
    address_malformed: "Adressa skal begynne med https://",
  },
} satisfies Words<typeof nb>;
