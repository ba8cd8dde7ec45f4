import type { foresee as nb } from "../nb/foresee";
import type { Words } from "../words";

export const foresee = {
  title: "What we see before anything is sent",
  title_notes: "Good to know",
  said: { one: "We see {count} thing you should look at before anything is sent.", other: "We see {count} things you should look at before anything is sent." },
  gravity: {
    stop: "Stops:",
    warning: "Warning:",
    note: "Information:",
  },
  why: "How do we know?",
  refusal: "Maskinporten would have answered {code}.",
  source: "Source: {source}.",
  go: {
    certificate: "Go to the certificates",
    client: "Go to the client",
    environment: "Go to the environment",
    scopes: "Correct the scope",
    resource: "Correct the recipient",
    consumer: "Correct the customer",
    person: "Correct the identity number",
    details: "Correct the system user or consent",
    chain: "Correct the chain",
  },
  ask: {
    title: "Send the request anyway?",
    text: "We see something you should correct first: {what}.",
    yes: "Send anyway",
  },
  again: {
    title: "Are you sure? This is production",
    text: "The request will be sent to Maskinporten in production as it is.",
    yes: "Send in production",
  },
} satisfies Words<typeof nb>;
