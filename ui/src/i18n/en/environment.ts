import type { environment as nb } from "../nb/environment";
import type { Words } from "../words";

export const environment = {
  title: "Which environment will you use?",
  lead: "Begin with practice or test. You can take the setup to production when everything works.",
  legend: "Environment",
  use_production: "Use production",
  practice: {
    host: "Everything on this computer",
    text: "A built-in practice Maskinporten. Certificate and client ready-made. Works without a network.",
    points: { 1: "No agreements", 2: "No real data", 3: "Cannot go wrong" },
  },
  test: {
    host: "test.maskinporten.no",
    text: "Digdir’s test environment. Requires a test certificate or your own key.",
    points: { 1: "Test certificate or own key", 2: "Synthetic data", 3: "Usually the next step" },
  },
  production: {
    host: "maskinporten.no",
    text: "Real access to real data. Requires a production certificate and approval.",
    points: { 1: "Production certificate", 2: "Real personal data", 3: "Digdir logs every token" },
  },
  copies: "The setup you have stays in {from}. We make one like it in {to}.",
  copy_back: "You already have a setup like this in {to}. We open it.",
} satisfies Words<typeof nb>;
