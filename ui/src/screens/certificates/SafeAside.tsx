import { Card, Details, Heading, Paragraph } from "@digdir/designsystemet-react";
import { PadlockLockedIcon } from "@navikt/aksel-icons";
import { useApp } from "../../app/app-state";
import { useText } from "../../i18n/text";

/** Why it is safe to give a key to the program, and where to find one. */
export function SafeAside() {
  const { t } = useText();
  const { profile } = useApp();
  const environment = t(`certificate.help.environment.${profile?.environment ?? "test"}`);
  const help = [
    { id: "where", title: t("certificate.help.where"), text: t("certificate.help.where_text", { environment }) },
    { id: "several", title: t("certificate.help.several"), text: t("certificate.help.several_text") },
    { id: "nothing", title: t("certificate.help.nothing"), text: t("certificate.help.nothing_text") },
  ];
  return (
    <>
      <Card variant="tinted" data-color="neutral" className="app-side-card">
        <PadlockLockedIcon aria-hidden fontSize="1.5rem" />
        <Heading level={2} data-size="2xs">
          {t("certificate.safe.title")}
        </Heading>
        <Paragraph data-size="sm">{t("certificate.safe.text")}</Paragraph>
      </Card>
      <div className="app-side-help">
        {help.map(({ id, title, text }) => (
          <Details key={id} data-color="neutral">
            <Details.Summary>{title}</Details.Summary>
            <Details.Content>
              <Paragraph data-size="sm">{text}</Paragraph>
            </Details.Content>
          </Details>
        ))}
      </div>
    </>
  );
}
