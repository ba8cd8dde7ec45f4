import type { nb } from "./nb";
import type { Words } from "./words";
import { api } from "./en/api";
import { certificate } from "./en/certificate";
import { client } from "./en/client";
import { common } from "./en/common";
import { env } from "./en/env";
import { environment } from "./en/environment";
import { mail } from "./en/mail";
import { order } from "./en/order";
import { quick } from "./en/quick";
import { refusal } from "./en/refusal";
import { road } from "./en/road";
import { services } from "./en/services";
import { settings } from "./en/settings";
import { shell } from "./en/shell";
import { terms } from "./en/terms";
import { token } from "./en/token";
import { welcome } from "./en/welcome";

/** English. */
export const en = {
  api,
  certificate,
  client,
  common,
  env,
  environment,
  mail,
  order,
  quick,
  refusal,
  road,
  services,
  settings,
  shell,
  terms,
  token,
  welcome,
} satisfies Words<typeof nb>;
