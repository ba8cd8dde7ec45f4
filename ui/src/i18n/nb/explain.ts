/** Lim inn en feil: a pasted text, and what it tells. The findings' own words come from the program. */
export const explain = {
  title: "Lim inn en feil",
  lead: "Fikk du en feil du ikke forstår? Lim den inn her, så sier vi hva den betyr og hva du kan gjøre.",
  text: "Feilen, forespørselen eller loggen",
  text_help: "En kode som MP-200, et svar fra Maskinporten eller Altinn, et token, et curl-kall, en properties-fil eller en e‑post.",
  local: "Alt skjer på denne maskinen. Teksten sendes ingen steder og lagres ikke.",
  button: "Finn ut hva det betyr",
  busy: "Ser på teksten …",
  clear: "Tøm",
  empty: "Lim inn noe først",
  found: { one: "Vi fant én ting", other: "Vi fant {count} ting" },
  nothing: "Vi kjenner ikke igjen noe her",
  nothing_text: "Ta med hele svaret fra Maskinporten, eller linjene rundt feilen i loggen. Står det en kode som MP-200, er den nok alene.",
  do: "Gjør dette",
  line: "Linje {number}",
  gravity: {
    secret: "En hemmelighet ligger åpen",
    refused: "Avslag",
    wrong: "Må rettes",
    doubtful: "Bør sees på",
    remark: "Til orientering",
  },
} as const;
