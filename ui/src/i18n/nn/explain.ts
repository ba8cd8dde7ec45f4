import type { explain as nb } from "../nb/explain";
import type { Words } from "../words";

export const explain = {
  title: "Lim inn ein feil",
  lead: "Fekk du ein feil du ikkje forstår? Lim han inn her, så seier vi kva han betyr og kva du kan gjere.",
  text: "Feilen, førespurnaden eller loggen",
  text_help: "Ein kode som MP-200, eit svar frå Maskinporten eller Altinn, eit token, eit curl-kall, ei properties-fil eller ein e‑post.",
  local: "Alt skjer på denne maskina. Teksten blir ikkje send nokon stad og blir ikkje lagra.",
  button: "Finn ut kva det betyr",
  busy: "Ser på teksten …",
  clear: "Tøm",
  empty: "Lim inn noko først",
  found: { one: "Vi fann éin ting", other: "Vi fann {count} ting" },
  nothing: "Vi kjenner ikkje att noko her",
  nothing_text: "Ta med heile svaret frå Maskinporten, eller linjene rundt feilen i loggen. Står det ein kode som MP-200, er han nok åleine.",
  do: "Gjer dette",
  line: "Linje {number}",
  gravity: {
    secret: "Ein løyndom ligg open",
    refused: "Avslag",
    wrong: "Må rettast",
    doubtful: "Bør sjåast på",
    remark: "Til orientering",
  },
} satisfies Words<typeof nb>;
