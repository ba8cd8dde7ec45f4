import { useState } from "react";
import { asFailure, useBridge } from "../../bridge/context";
import type { Failure, Preview, Profile, TokenOptions } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { CodeBlock } from "../../components/CodeBlock";
import { FailureAlert } from "../../components/FailureAlert";
import { useText } from "../../i18n/text";

/** What would be sent, and where, before it is. */
export function PreviewGrant({ profile, options }: { profile: Profile; options: TokenOptions }) {
  const { t } = useText();
  const bridge = useBridge();
  const [preview, setPreview] = useState<Preview | Failure | null>(null);
  return (
    <>
      <div className="app-row">
        <ActionButton
          variant="secondary"
          data-testid="preview-grant"
          onAct={async () => setPreview(await bridge.previewGrant(profile.id, options).catch(asFailure))}
        >
          {t("token.tune.preview")}
        </ActionButton>
      </div>
      <div role="status" className="app-status app-preview">
        {preview && "code" in preview && <FailureAlert failure={preview} />}
        {preview && !("code" in preview) && (
          <>
            <p className="app-small">{t("token.tune.preview_text", { endpoint: preview.token_endpoint })}</p>
            <CodeBlock title={t("token.tune.preview_claims")} code={preview.claims} testId="preview-claims" />
            <CodeBlock title={t("token.tune.preview_header")} code={preview.header} />
          </>
        )}
      </div>
    </>
  );
}
