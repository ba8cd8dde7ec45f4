import { all } from "./nb/all";
import { api } from "./nb/api";
import { certificate } from "./nb/certificate";
import { client } from "./nb/client";
import { common } from "./nb/common";
import { env } from "./nb/env";
import { environment } from "./nb/environment";
import { files } from "./nb/files";
import { foresee } from "./nb/foresee";
import { explain } from "./nb/explain";
import { mail } from "./nb/mail";
import { order } from "./nb/order";
import { pass } from "./nb/pass";
import { practice } from "./nb/practice";
import { quick } from "./nb/quick";
import { refusal } from "./nb/refusal";
import { road } from "./nb/road";
import { services } from "./nb/services";
import { settings } from "./nb/settings";
import { setups } from "./nb/setups";
import { shell } from "./nb/shell";
import { terms } from "./nb/terms";
import { token } from "./nb/token";
import { welcome } from "./nb/welcome";

/** Bokmål: the source. Its keys and placeholders are what the other languages must have. */
export const nb = {
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
};
