import type { certificate as nb } from "../nb/certificate";
import type { Words } from "../words";

export const certificate = { title: "Certificates and keys" } satisfies Words<typeof nb>;
