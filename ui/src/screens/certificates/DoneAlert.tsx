import { Alert } from "@digdir/designsystemet-react";
import { useText } from "../../i18n/text";
import type { ImportState } from "./import-state";

/** What was just done with a certificate or a key. */
export function DoneAlert({ done }: Pick<ImportState, "done">) {
  const { t } = useText();
  return done && <Alert data-color="success">{t(`certificate.${done.own ? "own" : "list"}.${done.what}`)}</Alert>;
}
