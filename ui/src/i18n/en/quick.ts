import type { quick as nb } from "../nb/quick";
import type { Words } from "../words";

export const quick = {
  title: "Get a token with what you have",
  lead: "Enter certificate, client ID and scope. We make the setup, and you can get a token at once.",
  certificate: {
    legend: "Certificate",
    stored: "Certificate on this computer",
    new: "Another certificate …",
    hidden: { one: "{count} certificate belongs to another environment and cannot be chosen here.", other: "{count} certificates belong to another environment and cannot be chosen here." },
    pick: "Choose file",
    pick_other: "Choose another file",
    none: "No file chosen",
    help: "A file ending in .p12, .pfx, .jks or .pem",
    password: "Password for the file",
    missing: "Choose the certificate file",
    no_usable: "None of the keys in the file can be used in Maskinporten",
  },
  client_id: "Client ID",
  client_id_help: "From Samarbeidsportalen, for example 238259d7-f0ab-4bd5-b253-0f0159375096",
  client_id_malformed: "A client ID looks something like this: 238259d7-f0ab-4bd5-b253-0f0159375096",
  environment: "Environment",
  button: "Go to Get token",
} satisfies Words<typeof nb>;
