import type { api as nb } from "../nb/api";
import type { Words } from "../words";

export const api = {
  title: "What do you need to get?",
  lead: "Choose the API you have ordered access to, or are going to order. You can make more setups later.",
  legend: "API",
  choose: "Choose an API",
  facts: {
    scope: "Access (scope)",
    more: "More",
    order: "Who do you order from?",
    exchange: "Must the token be exchanged in Altinn?",
    exchange_yes: "Yes",
    exchange_no: "No",
    delegation: "Can a supplier be used?",
    delegation_yes: "Yes, in Altinn",
    delegation_no: "No",
    verified: "Last checked {date}",
    choose_scope: "Choose at least one scope",
  },
  several: "Digdir recommends one scope per token. Then a token gone astray does less harm.",
  losore_test: "A client for a synthetic organisation number must be created through the self-service API.",
  other: {
    scope: "Scope",
    scope_help: "As written in the e-mail from the API provider",
    address: "Address of the API (optional)",
    resource: "Recipient/resource (optional)",
    missing: "Paste a scope, for example brreg:losore/tlg",
    malformed: "The scope must contain a colon and no spaces",
    address_malformed: "The address must begin with https://",
  },
} satisfies Words<typeof nb>;
