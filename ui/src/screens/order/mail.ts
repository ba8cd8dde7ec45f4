import type { OrderForm, Profile, ServiceFacts } from "../../bridge/wire";
import type { Draft as MailDraft } from "../../components/MailDraft";
import { orgNumber } from "../../i18n/formats";
import { textIn, type Text } from "../../i18n/text";

/** The order for access, to the API provider: Norwegian, nynorsk when the window is. */
export function orderMail({ language, t }: Text, form: OrderForm, profile: Profile, facts: ServiceFacts | undefined): MailDraft {
  // The register's name stands in the same language as the letter.
  const norwegian = language === "en" ? textIn("nb") : { maybe: textIn(language).maybe };
  const service = facts?.id ?? "other";
  const { environment } = profile;
  const lines = [
    t("mail.order.org_number", { org_number: orgNumber(form.org_number) }),
    t("mail.order.organisation", { organisation: form.organisation }),
    t("mail.order.test_contact", { contact: form.test_contact }),
    t("mail.order.production_contact", { contact: form.production_contact }),
    t("mail.order.legal_basis", { legal_basis: form.legal_basis }),
    t("mail.order.scope", { scope: profile.scopes.join(" ") }),
    environment && t("mail.order.environment", { environment: t(`refusal.mail.environment.${environment}`) }),
    environment === "practice" && t("refusal.mail.practice_note"),
  ];
  return {
    id: "order",
    recipient: facts?.owner ?? "",
    to: facts?.owner_email ?? "",
    subject: t("mail.order.subject", { register: norwegian.maybe(`services.${service}.register`) ?? "" }),
    body: [t("mail.order.greeting"), lines.filter(Boolean).join("\n")].join("\n\n"),
  };
}
