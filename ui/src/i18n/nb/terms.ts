export const terms = {
  title: "Bruksvilkår og bruker",
  lead: "Virksomheten må godta Digdirs bruksvilkår én gang, og du må ha en bruker.",
  legend: "Kryss av når det er gjort",
  accepted: {
    label: "Virksomheten har godtatt bruksvilkårene",
    help: "Den som kan forplikte virksomheten, godtar vilkårene i Samarbeidsportalen.",
    open: "Åpne Samarbeidsportalen",
  },
  user: {
    label: "Jeg kommer inn i selvbetjeningen",
    help: "Logg inn med Ansattporten (norsk eID på nivå høyt) og velg virksomheten. I test kan du velge en syntetisk organisasjon, uten avtale.",
    open: "Åpne selvbetjeningen",
  },
  altinn: {
    label: "Jeg har fått rettigheten i Altinn",
    help: "Hovedadministratoren gir deg rettigheten «Selvbetjening av integrasjoner i ID-porten/Maskinporten». Du logger inn med Ansattporten.",
    open: "Åpne Altinn",
    copy: "Kopier oppskriften til hovedadministratoren",
    recipe:
      "Hei! Jeg trenger rettigheten «Selvbetjening av integrasjoner i ID-porten/Maskinporten» for å sette opp Maskinporten.\n\n1. Logg inn på altinn.no, og velg virksomheten.\n2. Velg «Profil» og «Andre med rettigheter til virksomheten».\n3. Velg «Legge til ny person eller virksomhet», og oppgi fødselsnummeret og etternavnet mitt.\n4. Velg «Gi tilgang til enkelttjenester», og søk etter «Maskinporten».\n5. Velg «Selvbetjening av integrasjoner i ID-porten/Maskinporten», «Gå videre», «Fullfør delegering» og «Bekreft».",
  },
} as const;
