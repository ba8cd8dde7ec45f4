import { CheckmarkCircleFillIcon, ExclamationmarkTriangleFillIcon, InformationSquareFillIcon, XMarkOctagonFillIcon } from "@navikt/aksel-icons";
import type { CheckState } from "../bridge/wire";
import { useText } from "../i18n/text";

export type CheckRow = { id: string; state: CheckState; title: string; help?: string | null; /** The help is in other words than ours. */ helpLang?: "en" };

/** What has been checked, and how it went: in words for every reader, in colour for some. */
export function CheckList({ rows }: { rows: CheckRow[] }) {
  const { t } = useText();
  return (
    <ul className="app-checks" data-testid="checks">
      {rows.map(({ id, state, title, help, helpLang }) => {
        const Icon = ICONS[state];
        return (
          <li key={id} className="app-check" data-state={state}>
            <Icon aria-hidden fontSize="1.25rem" />
            <div>
              <span className="app-hidden">{t("certificate.state_said", { state: t(`certificate.state.${state}`) })}</span>
              <span className="app-check-title">{title}</span>
              {help && (
                <p className="app-check-help" lang={helpLang}>
                  {help}
                </p>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

const ICONS = {
  ok: CheckmarkCircleFillIcon,
  warning: ExclamationmarkTriangleFillIcon,
  error: XMarkOctagonFillIcon,
  info: InformationSquareFillIcon,
};
