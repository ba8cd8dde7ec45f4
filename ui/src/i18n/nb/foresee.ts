/** What is foreseen before a request is sent. */
export const foresee = {
  title: "Dette ser vi før noe er sendt",
  title_notes: "Verdt å vite",
  said: { one: "Vi ser {count} ting du bør se på, før noe er sendt.", other: "Vi ser {count} ting som du bør se på, før noe er sendt." },
  gravity: {
    stop: "Stopper:",
    warning: "Advarsel:",
    note: "Informasjon:",
  },
  why: "Hvor vet vi det fra?",
  refusal: "Maskinporten ville ha svart {code}.",
  source: "Kilde: {source}.",
  go: {
    certificate: "Gå til sertifikatene",
    client: "Gå til klienten",
    environment: "Gå til miljøet",
    scopes: "Rett scopet",
    resource: "Rett mottakeren",
    consumer: "Rett kunden",
    person: "Rett fødselsnummeret",
    details: "Rett systembrukeren eller samtykket",
    chain: "Rett kjeden",
  },
  ask: {
    title: "Vil du sende forespørselen likevel?",
    text: "Vi ser noe du bør rette først: {what}.",
    yes: "Send likevel",
  },
  again: {
    title: "Er du sikker? Dette er produksjon",
    text: "Forespørselen blir sendt til Maskinporten i produksjon, slik den er.",
    yes: "Send i produksjon",
  },
} as const;
