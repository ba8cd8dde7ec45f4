import type { nb } from "./nb";
import type { Words } from "./words";
import { all } from "./en/all";
import { api } from "./en/api";
import { certificate } from "./en/certificate";
import { client } from "./en/client";
import { common } from "./en/common";
import { env } from "./en/env";
import { environment } from "./en/environment";
import { files } from "./en/files";
import { foresee } from "./en/foresee";
import { explain } from "./en/explain";
import { mail } from "./en/mail";
import { order } from "./en/order";
import { pass } from "./en/pass";
import { practice } from "./en/practice";
import { quick } from "./en/quick";
import { refusal } from "./en/refusal";
import { road } from "./en/road";
import { services } from "./en/services";
import { settings } from "./en/settings";
import { setups } from "./en/setups";
import { shell } from "./en/shell";
import { terms } from "./en/terms";
import { token } from "./en/token";
import { welcome } from "./en/welcome";

/** English. */
export const en = {
  all,
  api,
  certificate,
  client,
  common,
  env,
  environment,
  files,
  foresee,
  explain,
  mail,
  order,
  pass,
  practice,
  quick,
  refusal,
  road,
  services,
  settings,
  setups,
  shell,
  terms,
  token,
  welcome,
} satisfies Words<typeof nb>;
