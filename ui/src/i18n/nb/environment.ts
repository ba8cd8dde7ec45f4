export const environment = {
  title: "Hvilket miljø skal du bruke?",
  lead: "Begynn med øvelse eller test. Du kan ta med oppsettet til produksjon når alt virker.",
  legend: "Miljø",
  use_production: "Bruk produksjon",
  practice: {
    host: "Alt skjer på denne maskinen",
    text: "Innebygd øvings-Maskinporten. Ferdig sertifikat og klient. Virker uten nett.",
    points: { 1: "Ingen avtaler", 2: "Ingen ekte data", 3: "Kan ikke gå galt" },
  },
  test: {
    host: "test.maskinporten.no",
    text: "Digdirs testmiljø. Krever testsertifikat eller egen nøkkel.",
    points: { 1: "Testsertifikat eller egen nøkkel", 2: "Syntetiske data", 3: "Vanligvis neste steg" },
  },
  production: {
    host: "maskinporten.no",
    text: "Ekte tilganger til ekte data. Krever produksjonssertifikat og godkjenning.",
    points: { 1: "Produksjonssertifikat", 2: "Ekte personopplysninger", 3: "Digdir logger hvert token" },
  },
  copies: "Oppsettet du har, blir stående i {from}. Vi lager et likt i {to}.",
  copy_back: "Du har allerede et likt oppsett i {to}. Vi åpner det.",
} as const;
