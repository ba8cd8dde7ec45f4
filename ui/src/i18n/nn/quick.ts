import type { quick as nb } from "../nb/quick";
import type { Words } from "../words";

export const quick = {
  title: "Hent eit token med det du har",
  lead: "Legg inn sertifikat, klient-ID og scope. Vi lagar oppsettet, og du kan hente token med ein gong.",
  certificate: {
    legend: "Sertifikat",
    stored: "Sertifikat på denne maskina",
    new: "Eit anna sertifikat …",
    hidden: { one: "{count} sertifikat høyrer til eit anna miljø, og kan ikkje veljast her.", other: "{count} sertifikat høyrer til eit anna miljø, og kan ikkje veljast her." },
    pick: "Vel fil",
    pick_other: "Vel ei anna fil",
    none: "Inga fil er vald",
    help: "Fil som sluttar på .p12, .pfx, .jks eller .pem",
    password: "Passord til fila",
    missing: "Vel sertifikatfila",
    no_usable: "Ingen av nøklane i fila kan brukast i Maskinporten",
  },
  client_id: "Klient-ID",
  client_id_help: "Frå Samarbeidsportalen, til dømes 238259d7-f0ab-4bd5-b253-0f0159375096",
  client_id_malformed: "Ein klient-ID ser om lag slik ut: 238259d7-f0ab-4bd5-b253-0f0159375096",
  environment: "Miljø",
  button: "Gå til Hent token",
} satisfies Words<typeof nb>;
