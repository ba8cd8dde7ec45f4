import { Heading, Paragraph } from "@digdir/designsystemet-react";
import { ActionButton } from "../components/ActionButton";
import { ConfirmTick, useTick } from "../components/ConfirmTick";
import { FailureAlert } from "../components/FailureAlert";
import { ModalDialog } from "../components/ModalDialog";
import { useOnce } from "../components/use-once";
import type { EnvironmentName } from "../bridge/wire";
import { useText } from "../i18n/text";

type ProductionDialogProps = {
  /** Where one stays: in an environment, on the page one is on, or on none of them. */
  stay: EnvironmentName | "here" | "nowhere";
  onConfirm: () => Promise<void>;
  onLeave: () => Promise<void> | void;
};

/** Asked once a session before production. A press outside does nothing; Esc means «Bli». */
export function ProductionDialog({ stay, onConfirm, onLeave }: ProductionDialogProps) {
  const { t } = useText();
  const tick = useTick();
  const esc = useOnce(onLeave);
  return (
    <ModalDialog closedby="closerequest" onClose={() => void esc.run()} aria-labelledby="production-title" data-testid="production-dialog">
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
          <ActionButton variant="secondary" data-testid="production-stay" onAct={onLeave}>
            {stay === "here"
              ? t("common.cancel")
              : stay === "nowhere"
                ? t("env.confirm.leave")
                : t("env.confirm.stay", { environment: t(`env.${stay}.name`) })}
          </ActionButton>
        </div>
        {esc.failure && <FailureAlert failure={esc.failure} />}
      </div>
    </ModalDialog>
  );
}
