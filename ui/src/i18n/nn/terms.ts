import type { terms as nb } from "../nb/terms";
import type { Words } from "../words";

export const terms = {
  title: "Bruksvilkår og brukar",
  lead: "Verksemda må godta bruksvilkåra til Digdir éin gong, og du må ha ein brukar.",
  legend: "Kryss av når det er gjort",
  accepted: {
    label: "Verksemda har godteke bruksvilkåra",
    help: "Den som kan forplikte verksemda, godtek vilkåra i Samarbeidsportalen.",
    open: "Opne Samarbeidsportalen",
  },
  user: {
    label: "Eg kjem inn i sjølvbeteninga",
    help: "Logg inn med Ansattporten (norsk eID på nivå høgt) og vel verksemda. I test kan du velje ein syntetisk organisasjon, utan avtale.",
    open: "Opne sjølvbeteninga",
  },
  altinn: {
    label: "Eg har fått retten i Altinn",
    help: "Hovudadministratoren gir deg retten «Selvbetjening av integrasjoner i ID-porten/Maskinporten». Du loggar inn med Ansattporten.",
    open: "Opne Altinn",
    copy: "Kopier oppskrifta til hovudadministratoren",
    recipe:
      "Hei! Eg treng retten «Selvbetjening av integrasjoner i ID-porten/Maskinporten» for å setje opp Maskinporten.\n\n1. Logg inn på altinn.no, og vel verksemda.\n2. Vel «Profil» og «Andre med rettigheter til virksomheten».\n3. Vel «Legge til ny person eller virksomhet», og oppgi fødselsnummeret og etternamnet mitt.\n4. Vel «Gi tilgang til enkelttjenester», og søk etter «Maskinporten».\n5. Vel «Selvbetjening av integrasjoner i ID-porten/Maskinporten», «Gå videre», «Fullfør delegering» og «Bekreft».",
  },
} satisfies Words<typeof nb>;
