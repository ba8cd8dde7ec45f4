import type { environment as nb } from "../nb/environment";
import type { Words } from "../words";

export const environment = {
  title: "Kva miljø skal du bruke?",
  lead: "Begynn med øving eller test. Du kan ta med oppsettet til produksjon når alt verkar.",
  legend: "Miljø",
  use_production: "Bruk produksjon",
  practice: {
    host: "Alt skjer på denne maskina",
    text: "Innebygd øvings-Maskinporten. Ferdig sertifikat og klient. Verkar utan nett.",
    points: { 1: "Ingen avtalar", 2: "Ingen ekte data", 3: "Kan ikkje gå gale" },
  },
  test: {
    host: "test.maskinporten.no",
    text: "Testmiljøet til Digdir. Krev testsertifikat eller eigen nøkkel.",
    points: { 1: "Testsertifikat eller eigen nøkkel", 2: "Syntetiske data", 3: "Vanlegvis neste steg" },
  },
  production: {
    host: "maskinporten.no",
    text: "Ekte tilgangar til ekte data. Krev produksjonssertifikat og godkjenning.",
    points: { 1: "Produksjonssertifikat", 2: "Ekte personopplysningar", 3: "Digdir loggar kvart token" },
  },
  copies: "Oppsettet du har, blir ståande i {from}. Vi lagar eit likt i {to}.",
  copy_back: "Du har allereie eit likt oppsett i {to}. Vi opnar det.",
} satisfies Words<typeof nb>;
