import { certificate } from "./nb/certificate";
import { client } from "./nb/client";
import { common } from "./nb/common";
import { env } from "./nb/env";
import { refusal } from "./nb/refusal";
import { shell } from "./nb/shell";
import { token } from "./nb/token";

/** Bokmål: the source. Its keys and placeholders are what the other languages must have. */
export const nb = {
  certificate,
  client,
  common,
  env,
  refusal,
  shell,
  token,
};
