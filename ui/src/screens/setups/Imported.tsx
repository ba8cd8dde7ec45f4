import { Alert, Paragraph } from "@digdir/designsystemet-react";
import { profileName } from "../../app/names";
import type { ImportedProfiles, NamedCertificate } from "../../bridge/wire";
import { orgNumber } from "../../i18n/formats";
import { useText } from "../../i18n/text";

/** What an import made, and what is still needed for it to work here. */
export function Imported({ imported: { profiles, missing, findings } }: { imported: ImportedProfiles }) {
  const text = useText();
  const { t } = text;
  const names = profiles.map((profile) => profileName(text, profile)).join(", ");
  return (
    <Alert data-color={missing.length + findings.length > 0 ? "warning" : "success"} data-testid="imported">
      <Paragraph>{t("setups.imported", { count: profiles.length, names })}</Paragraph>
      {missing.map((certificate) => (
        <Paragraph key={certificate.sha256}>{t("setups.missing", { certificate: named(certificate) })}</Paragraph>
      ))}
      {findings.length > 0 && (
        <>
          <Paragraph>{t("setups.findings")}</Paragraph>
          <ul>
            {findings.map((finding) => (
              <li key={finding}>{finding}</li>
            ))}
          </ul>
        </>
      )}
    </Alert>
  );
}

/** Organisation and the beginning of the fingerprint: enough to find the right file by. */
function named({ organisation, org_number, sha256 }: NamedCertificate): string {
  const parts = [organisation, org_number && orgNumber(org_number), `SHA-256 ${sha256.slice(0, 16)}…`];
  return parts.filter(Boolean).join(", ");
}
