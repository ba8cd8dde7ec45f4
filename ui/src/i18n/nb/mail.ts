/** What the drafted e-mails say. They are sent to Norwegian offices: Norwegian in every language of the window. */
export const mail = {
  order: {
    subject: "Bestilling av tilgang – {register}",
    greeting: "Hei! Vi bestiller tilgang til scopet under.",
    org_number: "Organisasjonsnummer: {org_number}",
    organisation: "Virksomhet: {organisation}",
    test_contact: "Testansvarlig: {contact}",
    production_contact: "Produksjonsansvarlig: {contact}",
    legal_basis: "Hjemmel: {legal_basis}",
    scope: "Scope: {scope}",
    environment: "Miljø: {environment}",
  },
} as const;
