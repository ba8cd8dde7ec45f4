export const env = {
  practice: {
    name: "Øvelse",
    band: "Du øver. Alt skjer på denne maskinen – ingenting sendes ut.",
  },
  test: {
    name: "Test",
    band: "Testmiljøet til Maskinporten. Bruk bare syntetiske data.",
  },
  production: {
    name: "Produksjon",
    band: "Ekte tilganger og ekte data. Alt du gjør her, gjelder.",
  },
  none: {
    name: "Miljø er ikke valgt",
    band: "Velg API og miljø i steg 1.",
    choose: "Velg miljø",
  },
  region: "Miljø",
  change: "Bytt miljø",
  confirm: {
    title: "Du går nå til produksjon",
    inline_title: "Produksjon betyr ekte data",
    text: "Token du henter her, gir tilgang til ekte opplysninger om personer og virksomheter. Bruk bare produksjon når du har en grunn til det i jobben din.",
    tick: "Jeg har behov for ekte data og følger rutinene i virksomheten",
    missing: "Kryss av for å bruke produksjon",
    go: "Gå til produksjon",
    stay: "Bli i {environment}",
    leave: "Tilbake til start",
  },
} as const;
