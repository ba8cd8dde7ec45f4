import { Button, Heading, Paragraph } from "@digdir/designsystemet-react";
import { ActionButton } from "../components/ActionButton";
import { ConfirmTick, useTick } from "../components/ConfirmTick";
import { ModalDialog } from "../components/ModalDialog";
import type { EnvironmentName } from "../bridge/wire";
import { useText } from "../i18n/text";

type ProductionDialogProps = {
  /** Where «Bli i …» leads; null when there is no oppsett to stay in. */
  stay: EnvironmentName | null;
  onConfirm: () => Promise<void>;
  onLeave: () => Promise<void> | void;
};

/** Asked once a session before production. A press outside does nothing; Esc means «Bli». */
export function ProductionDialog({ stay, onConfirm, onLeave }: ProductionDialogProps) {
  const { t } = useText();
  const tick = useTick();
  return (
    <ModalDialog closedby="closerequest" onClose={() => void onLeave()} aria-labelledby="production-title" data-testid="production-dialog">
      <div className="app-dialog">
        <Heading level={2} data-size="xs" id="production-title">
          {t("env.confirm.title")}
        </Heading>
        <Paragraph>{t("env.confirm.text")}</Paragraph>
        <ConfirmTick tick={tick} />
        <div className="app-actions">
          <ActionButton data-color="prod" data-testid="production-confirm" onAct={() => (tick.demand() ? onConfirm() : undefined)}>
            {t("env.confirm.go")}
          </ActionButton>
          <Button variant="secondary" data-testid="production-stay" onClick={() => void onLeave()}>
            {stay ? t("env.confirm.stay", { environment: t(`env.${stay}.name`) }) : t("env.confirm.leave")}
          </Button>
        </div>
      </div>
    </ModalDialog>
  );
}
