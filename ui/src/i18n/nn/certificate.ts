import type { certificate as nb } from "../nb/certificate";
import type { Words } from "../words";

export const certificate = { title: "Sertifikat og nøklar" } satisfies Words<typeof nb>;
