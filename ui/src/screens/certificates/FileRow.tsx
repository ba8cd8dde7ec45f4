import { Details } from "@digdir/designsystemet-react";
import { FileTextIcon } from "@navikt/aksel-icons";
import type { KeystoreFile } from "../../bridge/wire";
import { useText } from "../../i18n/text";

/** The chosen file, and what it shows of itself without its password. */
export function FileRow({ file }: { file: KeystoreFile }) {
  const { t, size } = useText();
  const facts = { size: size(file.size_bytes), format: FORMATS[file.format] ?? file.format };
  return (
    <div>
      <div className="app-file" data-testid="chosen-file">
        <FileTextIcon aria-hidden fontSize="1.5rem" />
        <div>
          <p className="app-file-name">{file.name}</p>
          <p className="app-file-facts">{file.locked ? t("certificate.file.locked", facts) : t("certificate.file.open", facts)}</p>
          {isMisnamed(file) && <p className="app-file-facts">{t("certificate.file.misnamed", { ending: endingOf(file), format: facts.format })}</p>}
        </div>
      </div>
      {file.locked && <Look file={file} />}
    </div>
  );
}

function Look({ file }: { file: KeystoreFile }) {
  const { t, number } = useText();
  return (
    <Details className="app-file-look" data-color="neutral" data-testid="file-look">
      <Details.Summary>{t("certificate.look.title")}</Details.Summary>
      <Details.Content>
        <ul>
          {file.ciphers.length > 0 && <li>{t("certificate.look.ciphers", { ciphers: file.ciphers.join(" · ") })}</li>}
          {file.legacy && <li>{t("certificate.look.legacy")}</li>}
          <li>{file.parts > 0 ? t("certificate.look.parts", { count: file.parts }) : t("certificate.look.hidden")}</li>
          {file.rounds > ROUNDS_AT_ONCE && <li>{t("certificate.look.rounds", { rounds: number(file.rounds) })}</li>}
        </ul>
      </Details.Content>
    </Details>
  );
}

/** Whether the name promises another kind of file; the content decides, so that it opens all the same. */
function isMisnamed(file: KeystoreFile): boolean {
  const promised = PROMISED[endingOf(file).toLowerCase()];
  return promised !== undefined && promised !== file.format;
}

/** ".p12", with the dot, as it is spelt; empty where the name has none. */
function endingOf({ name }: KeystoreFile): string {
  return /\.[^.]*$/.exec(name)?.[0] ?? "";
}

const PROMISED: Record<string, string> = { ".p12": "pkcs12", ".pfx": "pkcs12", ".jks": "jks", ".jceks": "jceks" };

const FORMATS: Record<string, string> = { pkcs12: "PKCS#12", jks: "JKS", jceks: "JCEKS", pem: "PEM", der: "DER", jwk: "JWK", jwks: "JWKS" };

/** A machine does some millions a second. */
const ROUNDS_AT_ONCE = 1_000_000;
