import type { services as nb } from "../nb/services";
import type { Words } from "../words";

export const services = {
  "reelle-rettighetshavere": {
    name: "Beneficial owners",
    description: "See who owns and controls an organisation.",
    owner: "Brønnøysund Register Centre",
    register: "Register of Beneficial Owners",
    scopes: {
      rapporteringspliktig: "Banks and other obliged entities",
      rapporteringspliktig_begrenset: "Other obliged entities, limited",
      offentlig: "Public authorities",
      media: "Media",
      sivilsamfunn: "Civil society organisations",
      utdanning: "Higher education",
    },
  },
  losoreregisteret: {
    name: "Register of Mortgaged Movable Property",
    description: "Mortgages and attachments on cars, boats and other movables.",
    owner: "Brønnøysund Register Centre",
    register: "Register of Mortgaged Movable Property",
    scopes: { tlg: "Look up registered rights", utlegg: "Attachments" },
  },
  "samtykkebasert-lanesoknad": {
    name: "Consent-based loan application (DSOP)",
    description: "Income and tax base when the customer has consented.",
    owner: "Norwegian Tax Administration",
    register: "Consent-based loan application",
    scopes: { inntekt: "Income", summertskattegrunnlag: "Summarised tax base" },
  },
  "altinn-tjenesteeier": {
    name: "Altinn for service owners",
    description: "Get and update data in your own Altinn forms.",
    owner: "Altinn",
    register: "Altinn for service owners",
    scopes: { instances_read: "Read forms", instances_write: "Update forms" },
  },
  other: {
    name: "Another API",
    description: "Paste the scope from the API provider.",
    owner: "You have been given a scope",
    register: "the API",
  },
} satisfies Words<typeof nb>;
