import type { terms as nb } from "../nb/terms";
import type { Words } from "../words";

export const terms = {
  title: "Terms and user",
  lead: "Your organisation must accept Digdir’s terms of use once, and you must have a user.",
  legend: "Tick when it is done",
  accepted: {
    label: "The organisation has accepted the terms of use",
    help: "A person who can commit the organisation accepts the terms in Samarbeidsportalen.",
    open: "Open Samarbeidsportalen",
  },
  user: {
    label: "I can get into self-service",
    help: "Log in with Ansattporten (Norwegian eID at assurance level High) and choose the organisation. In test you may choose a synthetic organisation, without an agreement.",
    open: "Open self-service",
  },
  altinn: {
    label: "I have been given the right in Altinn",
    help: "The main administrator gives you the right «Selvbetjening av integrasjoner i ID-porten/Maskinporten» (self-service of integrations). You log in with Ansattporten.",
    open: "Open Altinn",
    copy: "Copy the instructions for the main administrator",
    recipe:
      "Hei! Jeg trenger rettigheten «Selvbetjening av integrasjoner i ID-porten/Maskinporten» for å sette opp Maskinporten.\n\n1. Logg inn på altinn.no, og velg virksomheten.\n2. Velg «Profil» og «Andre med rettigheter til virksomheten».\n3. Velg «Legge til ny person eller virksomhet», og oppgi fødselsnummeret og etternavnet mitt.\n4. Velg «Gi tilgang til enkelttjenester», og søk etter «Maskinporten».\n5. Velg «Selvbetjening av integrasjoner i ID-porten/Maskinporten», «Gå videre», «Fullfør delegering» og «Bekreft».",
  },
} satisfies Words<typeof nb>;
