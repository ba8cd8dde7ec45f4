import type { explain as nb } from "../nb/explain";
import type { Words } from "../words";

export const explain = {
  title: "Paste an error",
  lead: "Did you get an error you do not understand? Paste it here, and we say what it means and what you can do.",
  text: "The error, the request or the log",
  text_help: "A code such as MP-200, an answer from Maskinporten or Altinn, a token, a curl call, a properties file or an e-mail.",
  local: "Everything happens on this computer. The text is sent nowhere and is not stored.",
  button: "Find out what it means",
  busy: "Looking at the text …",
  clear: "Clear",
  empty: "Paste something first",
  found: { one: "We found one thing", other: "We found {count} things" },
  nothing: "We recognise nothing here",
  nothing_text: "Include the whole answer from Maskinporten, or the lines around the error in the log. If there is a code such as MP-200, it is enough alone.",
  do: "Do this",
  line: "Line {number}",
  gravity: {
    secret: "A secret is exposed",
    refused: "Refused",
    wrong: "Must be corrected",
    doubtful: "Should be looked at",
    remark: "For your information",
  },
} satisfies Words<typeof nb>;
