import type { client as nb } from "../nb/client";
import type { Words } from "../words";
import { client as norwegian } from "../nb/client";

export const client = {
  title: "Create a client in Maskinporten",
  lead: "The client tells Maskinporten which system is asking. You get a client ID in return.",
  self: {
    label: "Do it yourself in Samarbeidsportalen",
    production: "If «Legg til klient» (Add client) is missing, you have not been given the right in Altinn (step 3).",
    open: {
      test: "Open the self-service portal for test",
      production: "Open the self-service portal for production",
      text: "Log in, and check that {organisation} is shown at the top right.",
      text_unknown: "Log in, and check that your organisation is shown at the top right.",
      button: "Open in the browser",
    },
    choose: "Choose «Klienter» (Clients), «Legg til klient» (Add client), and then «Maskinporten»",
    fill: "Fill in the values from “Values to paste”",
    fill_text: "Copy one at a time. If the scope is not in the list, the API provider has not given you access yet.",
    save: "Choose «Legg til scope» (Add scope), «Fullfør» (Finish), and press «Lagre endringer» (Save changes)",
    save_text: "The client ID is shown on the client’s page.",
    key: "Open the tab «Nøkler» (Keys), choose «+ Legg til» (Add), paste under «JWK eller PEM-format» (JWK or PEM format), and save",
    key_text: "Once the client has a key, the key ID (kid) is used instead of the certificate.",
    paste: "Paste the client ID here",
    paste_text: "It can take a couple of minutes before a new client works.",
  },
  field: {
    label: "Client ID",
    format: "A client ID looks something like this: 238259d7-f0ab-4bd5-b253-0f0159375096",
  },
  check: "Check the client",
  checking: "Checking the client …",
  values: {
    title: "Values to paste",
    name: "«Visningsnavn» (display name)",
    name_value: "{organisation} – {api}",
    description: "«Beskrivelse» (description)",
    scope: "Scope",
    scope_n: "Scope {number}",
    public_key: "Public key",
    more: "Are you asked for more?",
    method: "«Autentiseringsmetode» (authentication method)",
    grant: "Grant type",
    certificate: "You use an enterprise certificate, so you need not add a key to the client.",
  },
  // What goes into the portal is Norwegian in every language.
  descriptions: norwegian.descriptions,
  works: {
    title: "The client works",
    text: "Maskinporten knows the client and gave us a token. The client ID is saved in the setup.",
    go_on: "Continue",
    token: "Get token",
  },
  waiting: {
    title: "Maskinporten does not know the client yet",
    text: "We try again every 15 seconds for three minutes.",
    next: "Next attempt in {time}.",
    now: "Trying now …",
    stop: "Stop",
  },
  missing: {
    check: "The client cannot be checked until the certificate is in place.",
  },
  practice: {
    title: "In practice the app makes the client for you",
    text: "The practice Maskinporten on this computer gets a client with the right scope. In test and production you do it yourself in Samarbeidsportalen.",
    button: "Create a practice client",
    done: "The practice client is created",
    again: "This practice client is in use",
  },
  list: {
    title: "Clients",
    lead: "The clients the app knows. The client itself is in Maskinporten.",
    never: "Not used yet",
    used: "Last used {date} at {time}",
    current: "Active setup",
    replace: "Use another client ID",
    copy: "Copy client ID for {name}",
  },
} satisfies Words<typeof nb>;
