import type { services as nb } from "../nb/services";
import type { Words } from "../words";

export const services = {
  "reelle-rettighetshavere": {
    name: "Reelle rettshavarar",
    description: "Sjå kven som eig og kontrollerer ei verksemd.",
    owner: "Brønnøysundregistra",
    register: "Register over reelle rettshavarar",
    scopes: {
      rapporteringspliktig: "Bankar og andre rapporteringspliktige",
      rapporteringspliktig_begrenset: "Andre rapporteringspliktige, avgrensa",
      offentlig: "Offentlege styresmakter",
      media: "Medium",
      sivilsamfunn: "Organisasjonar i sivilsamfunnet",
      utdanning: "Høgare utdanning",
    },
  },
  losoreregisteret: {
    name: "Lausøyreregisteret",
    description: "Pant og utlegg i bil, båt og anna lausøyre.",
    owner: "Brønnøysundregistra",
    register: "Lausøyreregisteret",
    scopes: { tlg: "Slå opp rettsstiftingar", utlegg: "Utlegg" },
  },
  "samtykkebasert-lanesoknad": {
    name: "Samtykkebasert lånesøknad (DSOP)",
    description: "Inntekt og skattegrunnlag når kunden har samtykt.",
    owner: "Skatteetaten",
    register: "Samtykkebasert lånesøknad",
    scopes: { inntekt: "Inntekt", summertskattegrunnlag: "Summert skattegrunnlag" },
  },
  "altinn-tjenesteeier": {
    name: "Altinn for tenesteeigarar",
    description: "Hent og oppdater data i eigne Altinn-skjema.",
    owner: "Altinn",
    register: "Altinn for tenesteeigarar",
    scopes: { instances_read: "Lese skjema", instances_write: "Oppdatere skjema" },
  },
  other: {
    name: "Eit anna API",
    description: "Lim inn scopet frå API-tilbydaren.",
    owner: "Du har fått eit scope",
    register: "API-et",
  },
} satisfies Words<typeof nb>;
