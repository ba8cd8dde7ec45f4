import type { env as nb } from "../nb/env";
import type { Words } from "../words";

export const env = {
  practice: {
    name: "Øving",
    band: "Du øver. Alt skjer på denne maskina – ingenting blir sendt ut.",
  },
  test: {
    name: "Test",
    band: "Testmiljøet til Maskinporten. Bruk berre syntetiske data.",
  },
  production: {
    name: "Produksjon",
    band: "Ekte tilgangar og ekte data. Alt du gjer her, gjeld.",
  },
  none: {
    name: "Miljø er ikkje valt",
    band: "Vel API og miljø i steg 1.",
    choose: "Vel miljø",
  },
  region: "Miljø",
  change: "Byt miljø",
  confirm: {
    title: "Du går no til produksjon",
    inline_title: "Produksjon betyr ekte data",
    text: "Token du hentar her, gir tilgang til ekte opplysningar om personar og verksemder. Bruk berre produksjon når du har ein grunn til det i jobben din.",
    tick: "Eg har behov for ekte data og følgjer rutinane i verksemda",
    missing: "Kryss av for å bruke produksjon",
    go: "Gå til produksjon",
    stay: "Bli i {environment}",
    leave: "Tilbake til start",
  },
} satisfies Words<typeof nb>;
