import type { mail as nb } from "../nb/mail";
import type { Words } from "../words";

export const mail = {
  order: {
    subject: "Bestilling av tilgang – {register}",
    greeting: "Hei! Vi bestiller tilgang til scopet under.",
    org_number: "Organisasjonsnummer: {org_number}",
    organisation: "Verksemd: {organisation}",
    test_contact: "Testansvarleg: {contact}",
    production_contact: "Produksjonsansvarleg: {contact}",
    legal_basis: "Heimel: {legal_basis}",
    scope: "Scope: {scope}",
    environment: "Miljø: {environment}",
  },
} satisfies Words<typeof nb>;
