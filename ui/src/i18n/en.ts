import type { nb } from "./nb";
import type { Words } from "./words";
import { certificate } from "./en/certificate";
import { client } from "./en/client";
import { common } from "./en/common";
import { env } from "./en/env";
import { refusal } from "./en/refusal";
import { shell } from "./en/shell";
import { token } from "./en/token";

/** English. */
export const en = {
  certificate,
  client,
  common,
  env,
  refusal,
  shell,
  token,
} satisfies Words<typeof nb>;
