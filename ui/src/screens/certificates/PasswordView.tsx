import { Alert, Fieldset, Paragraph, Radio } from "@digdir/designsystemet-react";
import { FileTextIcon } from "@navikt/aksel-icons";
import { useEffect, useRef, useState } from "react";
import { useApp } from "../../app/app-state";
import type { Mode } from "../../app/route";
import type { Failure, Keep, KeystoreFile } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { Page } from "../../components/Page";
import { SecretField } from "../../components/SecretField";
import { useText } from "../../i18n/text";
import { fieldFailure } from "./field-failure";
import { SafeAside } from "./SafeAside";
import type { Import } from "./use-import";

/** What is wrong: what the program said of the file, or (null) that nothing was typed. */
type Fault = { failure: Failure | null };

type PasswordViewProps = { flow: Import; file: KeystoreFile; mode: Mode };

/** The second page of the import: the password, and whether to keep the certificate. */
export function PasswordView({ flow, file, mode }: PasswordViewProps) {
  const text = useText();
  const { t } = text;
  const field = useRef<HTMLInputElement>(null);
  const [password, setPassword] = useState("");
  const [fault, setFault] = useState<Fault | null>(null);

  useEffect(() => field.current?.focus(), []);
  // A wrong password is seldom wholly wrong: it is kept and selected, to be typed over or mended.
  useEffect(() => {
    if (!fault) return;
    field.current?.focus();
    field.current?.select();
  }, [fault]);
  // Said anew at every turn: the language may change while the fault stands.
  const error = fault && (fault.failure ? fieldFailure(text, fault.failure) : t("certificate.password.missing"));

  const open = async () => {
    if (file.locked && password === "") return setFault({ failure: null });
    const failure = await flow.open(file.handle, password);
    if (failure) setFault({ failure });
    else setPassword("");
  };
  return (
    <Page
      title={t("certificate.title")}
      lead={t("certificate.lead")}
      step={mode === "step" ? 4 : undefined}
      aside={<SafeAside />}
    >
      <form className="app-import" onSubmit={(event) => event.preventDefault()}>
        <FileRow file={file} />
        {file.locked ? (
          <SecretField
            ref={field}
            label={t("certificate.password.label")}
            description={t("certificate.password.help")}
            value={password}
            onChange={setPassword}
            error={error}
            testId="password-field"
          />
        ) : (
          error && <Alert data-color="danger" role="alert">{error}</Alert>
        )}
        <KeepChoice keep={flow.state.keep} onKeep={(keep) => flow.dispatch({ type: "keep", keep })} />
        <div className="app-row">
          <ActionButton type="submit" data-size="md" arrow data-testid="open-certificate" onAct={open}>
            {t("certificate.password.open")}
          </ActionButton>
          <ActionButton variant="secondary" data-size="md" data-testid="other-file" onAct={flow.pick}>
            {t("certificate.password.other")}
          </ActionButton>
        </div>
      </form>
    </Page>
  );
}

function FileRow({ file }: { file: KeystoreFile }) {
  const { t, size } = useText();
  const facts = { size: size(file.size_bytes), format: FORMATS[file.format] ?? file.format };
  return (
    <div className="app-file" data-testid="chosen-file">
      <FileTextIcon aria-hidden fontSize="1.5rem" />
      <div>
        <p className="app-file-name">{file.name}</p>
        <p className="app-file-facts">{file.locked ? t("certificate.file.locked", facts) : t("certificate.file.open", facts)}</p>
      </div>
    </div>
  );
}

/** Sealed or for now only. Without a keychain there is nothing to choose, and that is said. */
function KeepChoice({ keep, onKeep }: { keep: Keep; onKeep: (keep: Keep) => void }) {
  const { t } = useText();
  const { start } = useApp();
  if (start.keychain === "missing") {
    return (
      <Alert data-color="info" data-testid="keychain-missing">
        <p className="app-alert-title">{t("certificate.keep.missing_title")}</p>
        <Paragraph>{t("certificate.keep.missing_text")}</Paragraph>
      </Alert>
    );
  }
  return (
    <Fieldset>
      <Fieldset.Legend>{t("certificate.keep.label")}</Fieldset.Legend>
      <Radio
        name="keep"
        value="sealed"
        label={t("certificate.keep.sealed")}
        description={t("certificate.keep.sealed_help")}
        checked={keep === "sealed"}
        onChange={() => onKeep("sealed")}
      />
      <Radio
        name="keep"
        value="session"
        label={t("certificate.keep.session")}
        checked={keep === "session"}
        onChange={() => onKeep("session")}
      />
    </Fieldset>
  );
}

const FORMATS: Record<string, string> = { pkcs12: "PKCS#12", jks: "JKS", jceks: "JCEKS", pem: "PEM", der: "DER" };
