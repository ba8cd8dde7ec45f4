/** Names, descriptions and scope labels of the APIs; the facts themselves come from the program. */
export const services = {
  "reelle-rettighetshavere": {
    name: "Reelle rettighetshavere",
    description: "Se hvem som eier og kontrollerer en virksomhet.",
    owner: "Brønnøysundregistrene",
    register: "Register over reelle rettighetshavere",
    scopes: {
      rapporteringspliktig: "Banker og andre rapporteringspliktige",
      rapporteringspliktig_begrenset: "Andre rapporteringspliktige, begrenset",
      offentlig: "Offentlige myndigheter",
      media: "Medier",
      sivilsamfunn: "Organisasjoner i sivilsamfunnet",
      utdanning: "Høyere utdanning",
    },
  },
  losoreregisteret: {
    name: "Løsøreregisteret",
    description: "Pant og utlegg i bil, båt og annet løsøre.",
    owner: "Brønnøysundregistrene",
    register: "Løsøreregisteret",
    scopes: { tlg: "Slå opp rettsstiftelser", utlegg: "Utlegg" },
  },
  "samtykkebasert-lanesoknad": {
    name: "Samtykkebasert lånesøknad (DSOP)",
    description: "Inntekt og skattegrunnlag når kunden har samtykket.",
    owner: "Skatteetaten",
    register: "Samtykkebasert lånesøknad",
    scopes: { inntekt: "Inntekt", summertskattegrunnlag: "Summert skattegrunnlag" },
  },
  "altinn-tjenesteeier": {
    name: "Altinn for tjenesteeiere",
    description: "Hent og oppdater data i egne Altinn-skjemaer.",
    owner: "Altinn",
    register: "Altinn for tjenesteeiere",
    scopes: { instances_read: "Lese skjemaer", instances_write: "Oppdatere skjemaer" },
  },
  other: {
    name: "Et annet API",
    description: "Lim inn scopet fra API-tilbyderen.",
    owner: "Du har fått et scope",
    register: "API-et",
  },
} as const;
