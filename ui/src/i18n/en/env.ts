import type { env as nb } from "../nb/env";
import type { Words } from "../words";

export const env = {
  practice: {
    name: "Practice",
    band: "You are practising. Everything stays on this computer.",
  },
  test: {
    name: "Test",
    band: "Maskinporten’s test environment. Use synthetic data only.",
  },
  production: {
    name: "Production",
    band: "Real access and real data. Everything you do here counts.",
  },
  none: {
    name: "No environment chosen",
    band: "Choose API and environment in step 1.",
    choose: "Choose environment",
  },
  region: "Environment",
  change: "Change environment",
  confirm: {
    title: "You are about to enter production",
    inline_title: "Production means real data",
    text: "Tokens you get here give access to real information about people and organisations. Use production only when your job gives you a reason to.",
    tick: "I need real data and follow my organisation’s procedures",
    missing: "Tick the box to use production",
    go: "Go to production",
    stay: "Stay in {environment}",
    leave: "Back to start",
  },
} satisfies Words<typeof nb>;
