import { Details, Fieldset, Radio } from "@digdir/designsystemet-react";
import { useState } from "react";
import { useApp } from "../../app/app-state";
import type { Mode } from "../../app/route";
import { ActionButton } from "../../components/ActionButton";
import { MissingStepAlert } from "../../components/MissingStepAlert";
import { Page } from "../../components/Page";
import { useText } from "../../i18n/text";
import { KeepChoice } from "./KeepChoice";
import { SafeAside } from "./SafeAside";
import type { Import } from "./use-import";

/** «Egen nøkkel»: a key without certificate. Its length is chosen for the user; who wants can choose another. */
export function OwnKeyView({ flow, mode }: { flow: Import; mode: Mode }) {
  const { t } = useText();
  const { profile } = useApp();
  const [bits, setBits] = useState<Bits>(3072);
  const environment = profile?.environment ?? null;
  return (
    <Page
      title={t("certificate.own.title")}
      lead={t("certificate.own.lead")}
      step={mode === "step" ? 4 : undefined}
      aside={<SafeAside />}
      actions={
        <>
          {environment && (
            <ActionButton arrow data-size="md" data-testid="make-key" onAct={() => flow.makeOwn(environment, bits)}>
              {t("certificate.own.make")}
            </ActionButton>
          )}
          <ActionButton variant="secondary" data-size="md" onAct={() => flow.dispatch({ type: "drop" })}>
            {t("common.back")}
          </ActionButton>
        </>
      }
    >
      {environment === null ? (
        <MissingStepAlert step={1} primary />
      ) : (
        <div className="app-import">
          <p className="app-lasting">{t("certificate.own.year")}</p>
          <KeepChoice of="key" keep={flow.state.keep} onKeep={(keep) => flow.dispatch({ type: "keep", keep })} />
          <Details className="app-files-more" data-color="neutral" data-testid="key-length">
            <Details.Summary>{t("certificate.own.length")}</Details.Summary>
            <Details.Content>
              <Fieldset data-color="accent">
                <Fieldset.Legend className="app-hidden">{t("certificate.own.length")}</Fieldset.Legend>
                {LENGTHS.map((length) => (
                  <Radio
                    key={length}
                    name="bits"
                    value={String(length)}
                    label={t("certificate.own.bits", { bits: length })}
                    description={t(`certificate.own.bits_help.${length}`)}
                    checked={bits === length}
                    onChange={() => setBits(length)}
                  />
                ))}
              </Fieldset>
            </Details.Content>
          </Details>
        </div>
      )}
    </Page>
  );
}

const LENGTHS = [2048, 3072, 4096] as const;
type Bits = (typeof LENGTHS)[number];
