import { Alert, Fieldset, Heading, Paragraph } from "@digdir/designsystemet-react";
import type { Mode } from "../../app/route";
import type { KeyChoice } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { CertificateCard } from "../../components/CertificateCard";
import { Page } from "../../components/Page";
import { RadioCard } from "../../components/RadioCard";
import { useText, type Text } from "../../i18n/text";
import { CheckedList, checkTitle } from "./CheckedList";
import { FileRow } from "./FileRow";
import { isBlocked, type View } from "./import-state";
import { KeepChoice } from "./KeepChoice";
import { NotImported } from "./NotImported";
import type { Import } from "./use-import";

type FoundViewProps = { flow: Import; view: Extract<View, { kind: "found" }>; mode: Mode };

/** The third page of the import: what the file holds, in words, and the choice of key. */
export function FoundView({ flow, view, mode }: FoundViewProps) {
  const { t } = useText();
  const { keys } = view.opened;
  const chosen = keys.find(({ index }) => index === view.index);
  const blocked = !chosen || isBlocked(chosen);
  return (
    <Page
      wide
      title={t("certificate.found.title")}
      lead={keys.length > 1 ? t("certificate.found.lead_several") : t("certificate.found.lead")}
      step={mode === "step" ? 4 : undefined}
      actions={
        <>
          {!blocked && (
            <ActionButton arrow data-testid="use-certificate" onAct={() => flow.use(flow.state.keep)}>
              {mode === "step" ? t("certificate.found.use_continue") : t("certificate.found.use")}
            </ActionButton>
          )}
          <ActionButton variant={blocked ? "primary" : "secondary"} data-testid="other-file" onAct={flow.pick}>
            {t("certificate.password.other")}
          </ActionButton>
        </>
      }
    >
      <div className="app-found">
        <div className="app-found-left">
          {!view.opened.file.locked && <FileRow file={view.opened.file} />}
          {keys.length > 1 && <Keys keys={keys} chosen={view.index} onChoose={(index) => flow.dispatch({ type: "choose", index })} />}
          {keys.some(isShut) && (
            <div className="app-row">
              <ActionButton variant="secondary" data-testid="unlock-key" onAct={() => flow.dispatch({ type: "unlock" })}>
                {t("certificate.found.unlock")}
              </ActionButton>
            </div>
          )}
          {blocked && <Blocked chosen={chosen} />}
          {chosen && chosen.checks.length > 0 && (
            <section>
              <Heading level={2} data-size="2xs">
                {t("certificate.checked")}
              </Heading>
              <CheckedList checks={chosen.checks} />
            </section>
          )}
          {!view.opened.file.locked && !blocked && (
            <KeepChoice keep={flow.state.keep} onKeep={(keep) => flow.dispatch({ type: "keep", keep })} />
          )}
          {view.failure && <NotImported failure={view.failure} onUse={flow.use} />}
        </div>
        {chosen?.certificate ? (
          <CertificateCard facts={chosen.certificate} />
        ) : (
          <Paragraph>{t("certificate.found.nothing")}</Paragraph>
        )}
      </div>
    </Page>
  );
}

function Keys({ keys, chosen, onChoose }: { keys: KeyChoice[]; chosen: number | null; onChoose: (index: number) => void }) {
  const text = useText();
  return (
    <Fieldset className="app-keys">
      <Fieldset.Legend>{text.t("certificate.found.keys", { count: keys.length })}</Fieldset.Legend>
      {keys.map((key) => (
        <RadioCard
          key={key.index}
          name="key"
          value={String(key.index)}
          checked={key.index === chosen}
          onChoose={() => onChoose(key.index)}
          disabled={!key.usable}
          title={text.t(`certificate.key.${key.purpose}`)}
          description={keyHelp(text, key)}
          testId={`key-${key.purpose}`}
        />
      ))}
    </Fieldset>
  );
}

function Blocked({ chosen }: { chosen: KeyChoice | undefined }) {
  const { t } = useText();
  const reasons = chosen?.checks.some(({ state }) => state === "error");
  return (
    <Alert data-color="danger" data-testid="certificate-blocked">
      <Heading level={2} data-size="2xs">
        {t("certificate.found.blocked")}
      </Heading>
      <Paragraph>{reasons ? t("certificate.found.blocked_text") : t("certificate.found.blocked_key")}</Paragraph>
    </Alert>
  );
}

function isShut({ reason }: KeyChoice): boolean {
  return reason === "key_locked";
}

/** Why this key, or why not. */
function keyHelp(text: Text, key: KeyChoice): string {
  if (key.recommended) return text.t("certificate.key.recommended");
  if (!key.usable && key.reason) {
    const reason = checkTitle(text, { code: key.reason, state: "error", params: {} });
    if (reason) return reason;
  }
  return text.t(`certificate.key.${key.purpose}_help`);
}
