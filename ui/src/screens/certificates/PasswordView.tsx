import { useEffect, useRef, useState, type RefObject } from "react";
import type { Mode } from "../../app/route";
import type { Failure, KeystoreFile } from "../../bridge/wire";
import { ActionButton } from "../../components/ActionButton";
import { Page } from "../../components/Page";
import { fieldFailure } from "../../components/field-failure";
import { SecretField } from "../../components/SecretField";
import { useText, type Text } from "../../i18n/text";
import { FileRow } from "./FileRow";
import { isKeyLocked } from "./import-state";
import { KeepChoice } from "./KeepChoice";
import { OpeningProgress } from "./OpeningProgress";
import { SafeAside } from "./SafeAside";
import type { Import } from "./use-import";

/** What is wrong: what the program said of the file, or (null) that nothing was typed; and whether the key's password was tried. */
type Fault = { failure: Failure | null; keyTried: boolean };

type PasswordViewProps = { flow: Import; file: KeystoreFile; keyLocked: boolean; mode: Mode };

/** The second page of the import: the password, and whether to keep the certificate. */
export function PasswordView({ flow, file, keyLocked, mode }: PasswordViewProps) {
  const text = useText();
  const { t } = text;
  const field = useRef<HTMLInputElement>(null);
  const keyField = useRef<HTMLInputElement>(null);
  const [password, setPassword] = useState("");
  const [keyPassword, setKeyPassword] = useState("");
  /** The key has shown that it has a password of its own. */
  const [needsKey, setNeedsKey] = useState(keyLocked);
  const [fault, setFault] = useState<Fault | null>(null);
  const [opening, setOpening] = useState(false);

  useEffect(() => field.current?.focus(), []);
  // A wrong password is seldom wholly wrong: it is kept and selected, to be typed over or mended.
  useEffect(() => {
    if (fault) select(isKeyLocked(fault.failure) ? keyField : field);
  }, [fault]);

  const open = async () => {
    // An empty password is rare, and a forgotten one is not: it is sent at the second time of asking.
    if (password === "" && fault === null) return setFault({ failure: null, keyTried: false });
    setOpening(true);
    const failure = await flow.open(file.handle, password, needsKey ? keyPassword : null);
    setOpening(false);
    if (failure?.code === CANCELLED) return setFault(null);
    if (failure) {
      setNeedsKey(needsKey || isKeyLocked(failure));
      return setFault({ failure, keyTried: needsKey && keyPassword !== "" });
    }
    setPassword("");
    setKeyPassword("");
  };
  const errors = errorsOf(text, fault);
  return (
    <Page
      title={t("certificate.title")}
      lead={t("certificate.lead")}
      step={mode === "step" ? 4 : undefined}
      aside={<SafeAside />}
    >
      <form className="app-import" onSubmit={(event) => event.preventDefault()}>
        <FileRow file={file} />
        <SecretField
          ref={field}
          label={t("certificate.password.label")}
          description={t("certificate.password.help")}
          value={password}
          onChange={setPassword}
          error={errors.store}
          testId="password-field"
        />
        {needsKey && (
          <SecretField
            ref={keyField}
            label={t("certificate.password.key_label")}
            description={t("certificate.password.key_help")}
            value={keyPassword}
            onChange={setKeyPassword}
            error={errors.key}
            testId="key-password-field"
          />
        )}
        <OpeningProgress handle={file.handle} opening={opening} />
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

function select(field: RefObject<HTMLInputElement | null>) {
  field.current?.focus();
  field.current?.select();
}

/** Each fault at the field it belongs to. Said anew at every turn: the language may change while it stands. */
function errorsOf(text: Text, fault: Fault | null): { store: string | null; key: string | null } {
  if (fault === null) return { store: null, key: null };
  if (fault.failure === null) return { store: text.t("certificate.password.missing"), key: null };
  if (!isKeyLocked(fault.failure)) return { store: fieldFailure(text, fault.failure), key: null };
  return { store: null, key: fault.keyTried ? text.t("certificate.password.key_wrong") : fieldFailure(text, fault.failure) };
}

/** The user broke the opening off. */
const CANCELLED = "cancelled";
