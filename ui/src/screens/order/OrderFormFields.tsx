import { Details, Textfield } from "@digdir/designsystemet-react";
import type { OrderForm } from "../../bridge/wire";
import { OrgNumberField } from "../../components/OrgNumberField";
import { useText } from "../../i18n/text";

type OrderFormFieldsProps = { open: boolean; form: OrderForm; onType: (field: keyof OrderForm, text: string) => void };

/** The details of the e-mail: open while something is missing, kept for the next time. */
export function OrderFormFields({ open, form, onType }: OrderFormFieldsProps) {
  const { t } = useText();
  const field = (name: Exclude<keyof OrderForm, "org_number">, help?: string) => (
    <Textfield
      label={t(`order.form.${name}`)}
      description={help}
      value={form[name]}
      autoComplete="off"
      data-testid={`order-${name}`}
      onChange={(event) => onType(name, event.target.value)}
    />
  );
  return (
    <Details className="app-order-form" data-color="neutral" defaultOpen={open}>
      <Details.Summary>{t("order.form.title")}</Details.Summary>
      <Details.Content>
        <div className="app-form-grid">
          {field("organisation")}
          <OrgNumberField
            label={t("order.form.org_number")}
            value={form.org_number}
            onChange={(digits) => onType("org_number", digits)}
            optional
          />
          {field("test_contact", t("order.form.contact_help"))}
          {field("production_contact", t("order.form.contact_help"))}
          {field("legal_basis", t("order.form.legal_basis_help"))}
        </div>
      </Details.Content>
    </Details>
  );
}
