import type { refusal as nb } from "../nb/refusal";
import type { Words } from "../words";
import { refusal as norwegian } from "../nb/refusal";

export const refusal = {
  lead: {
    maskinporten: "Maskinporten said no. Here is why, and what you can do.",
    other: "We did not get a token. Here is why, and what you can do.",
  },
  mail_title: "Ready-written e-mail",
  do: "Do this",
  status: "HTTP {status} · {time}",
  status_none: "{time}",
  trace: "Trace ID {id}",
  repeated: "Trying more times is unlikely to help.",
  wait: { one: "You can try again in {count} second", other: "You can try again in {count} seconds" },
  answer: "The answer from Maskinporten",
  answer_name: "Raw data from Maskinporten",
  go: {
    environment: "Choose the environment",
    order: "Open step 2",
    certificates: "See the certificate",
    client: "Open Client",
    portal: "Open Samarbeidsportalen",
    explain: "Paste another error",
  },
  to: {
    provider: "API provider",
    digdir: "Digdir",
    it: "IT",
    altinn: "Altinn",
  },
  mail: norwegian.mail,
} satisfies Words<typeof nb>;
