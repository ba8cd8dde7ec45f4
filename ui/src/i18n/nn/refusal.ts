import type { refusal as nb } from "../nb/refusal";
import type { Words } from "../words";

export const refusal = {
  lead: {
    maskinporten: "Maskinporten sa nei. Her er grunnen, og kva du kan gjere.",
    other: "Vi fekk ikkje noko token. Her er grunnen, og kva du kan gjere.",
  },
  mail_title: "Ferdig skriven e‑post",
  do: "Gjer dette",
  status: "HTTP {status} · kl. {time}",
  status_none: "kl. {time}",
  trace: "Sporings-ID {id}",
  repeated: "Det hjelper neppe å prøve fleire gonger.",
  wait: { one: "Du kan prøve igjen om {count} sekund", other: "Du kan prøve igjen om {count} sekund" },
  answer: "Svaret frå Maskinporten",
  answer_name: "Rådata frå Maskinporten",
  go: {
    environment: "Vel miljø",
    order: "Opne steg 2",
    certificates: "Sjå sertifikatet",
    client: "Opne Klient",
    portal: "Opne Samarbeidsportalen",
    explain: "Lim inn ein annan feil",
  },
  to: {
    provider: "API-tilbydar",
    digdir: "Digdir",
    it: "IT",
    altinn: "Altinn",
  },
  mail: {
    provider: {
      subject: "Tilgang til scope i Maskinporten – {code}",
      body: "Hei! Maskinporten svarar {code} når vi hentar token. Kan de sjekke at tilgangen er gitt til oss i {environment}?",
    },
    provider_scope: {
      subject: "Scope i Maskinporten – {code}",
      body: "Hei! Maskinporten svarar {code} når vi hentar token med {scope}. Kan de sjekke at scopet er gitt til oss i {environment}, så vi kan leggje det på klienten?",
    },
    digdir: {
      subject: "Får ikkje token frå Maskinporten – {code}",
      body: "Hei! Vi får {code} når vi hentar token i {environment}. Kan de hjelpe oss?",
    },
    plain: {
      subject: "Får ikkje token frå Maskinporten",
      body: "Hei! Vi får ikkje token frå Maskinporten i {environment}. Programmet vi bruker, seier: «{what}». Kan de hjelpe oss?",
      body_answer: "Hei! Vi får eit avslag vi ikkje kjenner att når vi hentar token i {environment}. Svaret er «{answer}». Kan de hjelpe oss?",
    },
    it: {
      subject: "Tilgang til Maskinporten frå nettverket vårt",
      body: "Hei! Vi skal bruke Maskinporten frå denne maskina. Kan de opne utgåande trafikk til maskinporten.no (139.105.36.164) og test.maskinporten.no (139.105.36.132, 2a02:9cc::301) på port 443, og unnta dei frå TLS-inspeksjon?",
    },
    it_clock: {
      subject: "Klokka på maskina går feil",
      body: "Hei! Maskinporten avviser oss fordi klokka på maskina ikkje stemmer. Ho kan høgst avvike 10 sekund. Kan de slå på automatisk tid (NTP)?",
    },
    altinn: {
      subject: "Delegering slår ikkje gjennom – {code}",
      body: "Hei! Delegeringa av {scope} slår ikkje gjennom når vi hentar token i {environment} ({code}). Kan de sjå kva som manglar?",
      body_parties: "Hei! Delegeringa av {scope} frå {customer} til {supplier} slår ikkje gjennom når vi hentar token i {environment} ({code}). Kan de sjå kva som manglar?",
    },
    facts: {
      client_id: "Klient-ID (client_id): {client_id}",
      environment: "Miljø: {environment}",
      organisation: "Verksemd: {organisation}",
      scope: "Scope: {scope}",
      time: "Tidspunkt: {time}",
      trace: "Sporings-ID: {trace}",
    },
    environment: {
      practice: "Øving",
      test: "Test (test.maskinporten.no)",
      production: "Produksjon (maskinporten.no)",
    },
    environment_short: {
      practice: "øving",
      test: "test",
      production: "produksjon",
    },
    time: "{date} kl. {clock}",
    practice_note: "Dette er ei øving. Ikkje send e‑posten.",
  },
} satisfies Words<typeof nb>;
