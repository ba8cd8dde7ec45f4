import { useApp } from "../../app/app-state";
import type { Mode } from "../../app/route";
import { DropZone } from "../../components/DropZone";
import { Page } from "../../components/Page";
import { useText } from "../../i18n/text";
import { fieldFailure } from "../../components/field-failure";
import { DoneAlert } from "./DoneAlert";
import type { View } from "./import-state";
import { WithoutCertificate } from "./PracticeChoices";
import { SafeAside } from "./SafeAside";
import type { Import } from "./use-import";

type DropViewProps = { flow: Import; view: Extract<View, { kind: "drop" }>; mode: Mode };

/** The first page of the import: let a file go, choose one, or practise without. */
export function DropView({ flow, view, mode }: DropViewProps) {
  const text = useText();
  const { t } = text;
  const { profile } = useApp();
  return (
    <Page
      title={t("certificate.title")}
      lead={t("certificate.lead")}
      step={mode === "step" ? 4 : undefined}
      aside={<SafeAside />}
    >
      <div className="app-import">
        <div role="status" className="app-status">
          <DoneAlert done={flow.state.done} />
        </div>
        <DropZone
          texts={{
            here: t("certificate.drop.here"),
            or: t("certificate.drop.or"),
            pick: t("certificate.drop.pick"),
            types: t("certificate.drop.types"),
            release: t("certificate.drop.release"),
            reading: t("certificate.drop.reading"),
          }}
          onPick={flow.pick}
          reading={view.reading}
          error={view.failure && fieldFailure(text, view.failure)}
        />
        {profile?.environment && <WithoutCertificate flow={flow} environment={profile.environment} />}
      </div>
    </Page>
  );
}
