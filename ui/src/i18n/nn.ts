import type { nb } from "./nb";
import type { Words } from "./words";
import { all } from "./nn/all";
import { api } from "./nn/api";
import { certificate } from "./nn/certificate";
import { client } from "./nn/client";
import { common } from "./nn/common";
import { env } from "./nn/env";
import { environment } from "./nn/environment";
import { files } from "./nn/files";
import { foresee } from "./nn/foresee";
import { explain } from "./nn/explain";
import { mail } from "./nn/mail";
import { order } from "./nn/order";
import { pass } from "./nn/pass";
import { practice } from "./nn/practice";
import { quick } from "./nn/quick";
import { refusal } from "./nn/refusal";
import { road } from "./nn/road";
import { services } from "./nn/services";
import { settings } from "./nn/settings";
import { setups } from "./nn/setups";
import { shell } from "./nn/shell";
import { terms } from "./nn/terms";
import { token } from "./nn/token";
import { welcome } from "./nn/welcome";

/** Nynorsk. */
export const nn = {
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
