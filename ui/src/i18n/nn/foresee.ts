import type { foresee as nb } from "../nb/foresee";
import type { Words } from "../words";

export const foresee = {
  title: "Dette ser vi før noko er sendt",
  title_notes: "Verdt å vite",
  said: { one: "Vi ser {count} ting du bør sjå på, før noko er sendt.", other: "Vi ser {count} ting som du bør sjå på, før noko er sendt." },
  gravity: {
    stop: "Stoppar:",
    warning: "Åtvaring:",
    note: "Informasjon:",
  },
  why: "Kvar veit vi det frå?",
  refusal: "Maskinporten ville ha svart {code}.",
  source: "Kjelde: {source}.",
  go: {
    certificate: "Gå til sertifikata",
    client: "Gå til klienten",
    environment: "Gå til miljøet",
    scopes: "Rett scopet",
    resource: "Rett mottakaren",
    consumer: "Rett kunden",
    person: "Rett fødselsnummeret",
    details: "Rett systembrukaren eller samtykket",
    chain: "Rett kjeda",
  },
  ask: {
    title: "Vil du sende førespurnaden likevel?",
    text: "Vi ser noko du bør rette først: {what}.",
    yes: "Send likevel",
  },
  again: {
    title: "Er du sikker? Dette er produksjon",
    text: "Førespurnaden blir send til Maskinporten i produksjon, slik han er.",
    yes: "Send i produksjon",
  },
} satisfies Words<typeof nb>;
