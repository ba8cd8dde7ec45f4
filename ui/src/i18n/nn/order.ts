import type { order as nb } from "../nb/order";
import type { Words } from "../words";

export const order = {
  title: "Bestill tilgang hos API-tilbydaren",
  lead: "{owner} må gi verksemda di lov til å bruke scopet. Vi har skrive e‑posten for deg.",
  lead_other: "API-tilbydaren må gi verksemda di lov til å bruke scopet. Vi har skrive e‑posten for deg.",
  lead_bits: "Banknæringa og Skatteetaten må gi verksemda di lov til å bruke scopet. Bestillinga går gjennom Bits.",
  lead_agreement: "Altinn må gi verksemda di lov til å bruke scopet.",
  form: {
    title: "Opplysningar i e‑posten",
    organisation: "Verksemd",
    org_number: "Organisasjonsnummer",
    test_contact: "Testansvarleg",
    production_contact: "Produksjonsansvarleg",
    contact_help: "Namn, e‑post og telefon",
    legal_basis: "Heimel",
    legal_basis_help: "Kva regel som gir verksemda lov til å få opplysningane",
  },
  bits: {
    title: "Slik bestiller du",
    1: "Registrer finansføretaket hos Bits.",
    2: "Godta vilkåra.",
    3: "Bli autorisert i test og produksjon.",
  },
  agreement: "Altinn tildeler scopa til tenesteeigarar ved avtale.",
  state: {
    legend: "Kor langt har du kome?",
    not_sent: "Eg har ikkje sendt han enno",
    not_ordered: "Eg har ikkje bestilt enno",
    sent: "Sendt – eg ventar på svar",
    ordered: "Bestilt – eg ventar på svar",
    granted: "Vi har fått tilgang",
    sent_on: "Når sende du han?",
    sent_on_help: "Dag.månad.år, til dømes 12.11.2026",
    sent_on_malformed: "Skriv datoen som dag.månad.år, til dømes 12.11.2026",
    sent_on_future: "Datoen kan ikkje vere fram i tid",
    environments: "Kva miljø gjeld det?",
    environments_missing: "Kryss av for minst eitt miljø",
  },
} satisfies Words<typeof nb>;
