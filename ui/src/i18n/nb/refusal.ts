/** Feil: what happened, why, what to do, and a letter to the one who can help. */
export const refusal = {
  lead: {
    maskinporten: "Maskinporten sa nei. Her er grunnen, og hva du kan gjøre.",
    other: "Vi fikk ikke noe token. Her er grunnen, og hva du kan gjøre.",
  },
  mail_title: "Ferdig skrevet e‑post",
  do: "Gjør dette",
  status: "HTTP {status} · kl. {time}",
  status_none: "kl. {time}",
  trace: "Sporings-ID {id}",
  repeated: "Det hjelper neppe å prøve flere ganger.",
  wait: { one: "Du kan prøve igjen om {count} sekund", other: "Du kan prøve igjen om {count} sekunder" },
  answer: "Svaret fra Maskinporten",
  answer_name: "Rådata fra Maskinporten",
  go: {
    environment: "Velg miljø",
    order: "Åpne steg 2",
    certificates: "Se sertifikatet",
    client: "Åpne Klient",
    portal: "Åpne Samarbeidsportalen",
    explain: "Lim inn en annen feil",
  },
  to: {
    provider: "API-tilbyder",
    digdir: "Digdir",
    it: "IT",
    altinn: "Altinn",
  },
  // The letters are Norwegian in every language.
  mail: {
    provider: {
      subject: "Tilgang til scope i Maskinporten – {code}",
      body: "Hei! Maskinporten svarer {code} når vi henter token. Kan dere sjekke at tilgangen er gitt til oss i {environment}?",
    },
    provider_scope: {
      subject: "Scope i Maskinporten – {code}",
      body: "Hei! Maskinporten svarer {code} når vi henter token med {scope}. Kan dere sjekke at scopet er gitt til oss i {environment}, så vi kan legge det på klienten?",
    },
    digdir: {
      subject: "Får ikke token fra Maskinporten – {code}",
      body: "Hei! Vi får {code} når vi henter token i {environment}. Kan dere hjelpe oss?",
    },
    plain: {
      subject: "Får ikke token fra Maskinporten",
      body: "Hei! Vi får ikke token fra Maskinporten i {environment}. Programmet vi bruker, sier: «{what}». Kan dere hjelpe oss?",
      body_answer: "Hei! Vi får et avslag vi ikke kjenner igjen når vi henter token i {environment}. Svaret er «{answer}». Kan dere hjelpe oss?",
    },
    it: {
      subject: "Tilgang til Maskinporten fra nettverket vårt",
      body: "Hei! Vi skal bruke Maskinporten fra denne maskinen. Kan dere åpne utgående trafikk til maskinporten.no (139.105.36.164) og test.maskinporten.no (139.105.36.132, 2a02:9cc::301) på port 443, og unnta dem fra TLS-inspeksjon?",
    },
    it_clock: {
      subject: "Klokken på maskinen går feil",
      body: "Hei! Maskinporten avviser oss fordi klokken på maskinen ikke stemmer. Den kan høyst avvike 10 sekunder. Kan dere slå på automatisk tid (NTP)?",
    },
    altinn: {
      subject: "Delegering slår ikke gjennom – {code}",
      body: "Hei! Delegeringen av {scope} slår ikke gjennom når vi henter token i {environment} ({code}). Kan dere se hva som mangler?",
      body_parties: "Hei! Delegeringen av {scope} fra {customer} til {supplier} slår ikke gjennom når vi henter token i {environment} ({code}). Kan dere se hva som mangler?",
    },
    facts: {
      client_id: "Klient-ID (client_id): {client_id}",
      environment: "Miljø: {environment}",
      organisation: "Virksomhet: {organisation}",
      scope: "Scope: {scope}",
      time: "Tidspunkt: {time}",
      trace: "Sporings-ID: {trace}",
    },
    environment: {
      practice: "Øvelse",
      test: "Test (test.maskinporten.no)",
      production: "Produksjon (maskinporten.no)",
    },
    environment_short: {
      practice: "øvelse",
      test: "test",
      production: "produksjon",
    },
    time: "{date} kl. {clock}",
    practice_note: "Dette er en øvelse. Send ikke e‑posten.",
  },
} as const;
