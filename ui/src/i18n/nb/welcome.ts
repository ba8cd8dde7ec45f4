export const welcome = {
  title: "Velkommen. Hva vil du gjøre?",
  lead: "Denne appen hjelper virksomheten din med å ta i bruk Maskinporten – uten at du trenger å kunne OAuth.",
  practice: {
    title: "Øv først",
    text: "Prøv alle stegene med en innebygd utgave av Maskinporten. Du trenger ikke sertifikat, avtaler eller nett, og ingenting kan gå galt.",
    button: "Start øvelsen",
  },
  setup: {
    title: "Sett opp en integrasjon",
    text: "Få hjelp til hele veien: bestille tilgang, importere sertifikatet, opprette klient og hente det første tokenet.",
    button: "Begynn oppsettet",
  },
  token: {
    title: "Hent et token med det jeg har",
    text: "For deg som allerede har sertifikat og klient-ID. Legg inn begge, og hent token med ett klikk.",
    button: "Gå til Hent token",
  },
  foot: "Sertifikatene ligger forseglet på maskinen din, og nøkkelen til forseglingen ligger i nøkkelringen. Ingenting sendes til oss. Appen er laget uavhengig av Digdir.",
} as const;
