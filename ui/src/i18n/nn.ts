import type { nb } from "./nb";
import type { Words } from "./words";
import { certificate } from "./nn/certificate";
import { client } from "./nn/client";
import { common } from "./nn/common";
import { env } from "./nn/env";
import { refusal } from "./nn/refusal";
import { shell } from "./nn/shell";
import { token } from "./nn/token";

/** Nynorsk. */
export const nn = {
  certificate,
  client,
  common,
  env,
  refusal,
  shell,
  token,
} satisfies Words<typeof nb>;
