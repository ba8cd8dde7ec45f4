import { Card, Heading } from "@digdir/designsystemet-react";
import { ShieldLockIcon } from "@navikt/aksel-icons";
import { useText } from "../../i18n/text";

/** What a key file is, to those who are about to have one. */
export function SecretAside() {
  const { t } = useText();
  return (
    <Card variant="tinted" data-color="warning" className="app-calm-card" data-testid="secret-aside">
      <ShieldLockIcon aria-hidden fontSize="1.5rem" />
      <Heading level={2} data-size="2xs">
        {t("files.secret.title")}
      </Heading>
      <ul className="app-files-advice">
        <li>{t("files.secret.who")}</li>
        <li>{t("files.secret.channels")}</li>
        <li>{t("files.secret.vault")}</li>
      </ul>
    </Card>
  );
}
