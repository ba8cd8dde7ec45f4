import type { order as nb } from "../nb/order";
import type { Words } from "../words";

export const order = {
  title: "Order access from the API provider",
  lead: "{owner} must give your organisation permission to use the scope. We have written the e-mail for you.",
  lead_other: "The API provider must give your organisation permission to use the scope. We have written the e-mail for you.",
  lead_bits: "The banking industry and the Tax Administration must give your organisation permission to use the scope. You order through Bits.",
  lead_agreement: "Altinn must give your organisation permission to use the scope.",
  form: {
    title: "Details in the e-mail",
    organisation: "Organisation",
    org_number: "Organisation number",
    test_contact: "Responsible for test",
    production_contact: "Responsible for production",
    contact_help: "Name, e-mail and telephone",
    legal_basis: "Legal basis",
    legal_basis_help: "The rule that allows your organisation to have the information",
  },
  bits: {
    title: "How to order",
    1: "Register the financial institution with Bits.",
    2: "Accept the terms.",
    3: "Become authorised in test and production.",
  },
  agreement: "Altinn assigns the scopes to service owners by agreement.",
  state: {
    legend: "How far have you got?",
    not_sent: "I have not sent it yet",
    not_ordered: "I have not ordered yet",
    sent: "Sent – I am waiting for a reply",
    ordered: "Ordered – I am waiting for a reply",
    granted: "We have been given access",
    sent_on: "When did you send it?",
    sent_on_help: "Day.month.year, for example 12.11.2026",
    sent_on_malformed: "Write the date as day.month.year, for example 12.11.2026",
    sent_on_future: "The date cannot be in the future",
    environments: "Which environments does it apply to?",
    environments_missing: "Tick at least one environment",
  },
} satisfies Words<typeof nb>;
