import { mail as nb } from "../nb/mail";
import type { Words } from "../words";

/** The e-mails go to Norwegian offices, so the English window drafts them in bokmål. */
export const mail = nb satisfies Words<typeof nb>;
