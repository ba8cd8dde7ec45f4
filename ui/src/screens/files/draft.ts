import type { FileForm, FileOrder, Tool } from "../../bridge/wire";

/** The kinds of file the user chooses between; each has one form or more. */
export type Kind = "p12" | "jks" | "pem" | "jwk" | "certificate" | "private_jwk";

/** What the user has chosen so far. */
export type Draft = {
  kind: Kind;
  form: FileForm;
  alias: string;
  password: string;
  /** The password is one that the program made, and is as strong as they come. */
  made: boolean;
  /** The tool that is to have a configuration file; one that the form does not suit is passed over. */
  tool: Tool | null;
  /** What the key is, and where it is used; not chosen here. */
  of: Situation;
};

/** What decides which tools can read the key. */
export type Situation = {
  certified: boolean;
  practice: boolean;
};

/** What the page must know of the key itself. */
export type KeyOrigin = {
  /** It has a certificate; without one it fits into fewer kinds of file. */
  certified: boolean;
  /** Its name in the file it came from, for keytool. */
  alias: string;
};

export function firstDraft(alias: string, password: string, of: Situation): Draft {
  const draft: Draft = { kind: "p12", form: "p12", alias, password, made: true, tool: "jwt-grant-generator", of };
  return of.certified ? draft : withKind(draft, "pem");
}

/** The kinds of file that the key fits into. */
export function kindsFor(certified: boolean): { common: Kind[]; more: Kind[] } {
  const fits = (kind: Kind) => certified || !WITH_CERTIFICATE.includes(kind);
  return { common: COMMON.filter(fits), more: MORE.filter(fits) };
}

/** Another kind of file begins with its ordinary form, and with a tool that can read it. */
export function withKind(draft: Draft, kind: Kind): Draft {
  return withForm({ ...draft, kind }, FORMS[kind][0]);
}

export function withForm(draft: Draft, form: FileForm): Draft {
  const tools = toolsFor(form, draft.of);
  const tool = draft.tool && tools.includes(draft.tool) ? draft.tool : (tools[0] ?? null);
  return { ...draft, form, tool: draft.tool === null ? null : tool };
}

/** The tools that read a key file of this form. Altinn's knows no practice; a key in PEM is read only where it is one's own. */
export function toolsFor(form: FileForm, { certified, practice }: Situation): Tool[] {
  const tools = !certified && form === "pem_exposed" ? (["fiks"] as Tool[]) : (TOOLS[form] ?? []);
  return practice ? tools.filter((tool) => tool !== "altinn") : tools;
}

export function orderOf({ form, alias, tool, of }: Draft, hasClient: boolean): FileOrder {
  return { form, alias: alias.trim(), tool: hasClient && tool && toolsFor(form, of).includes(tool) ? tool : null };
}

export function needsPassword(form: FileForm): boolean {
  return LOCKED.includes(form);
}

/** The key has a name in files of this form. */
export function hasAlias(form: FileForm): boolean {
  return needsPassword(form) && form !== "pem";
}

/** The private key stands open in the file. */
export function isExposed(form: FileForm): boolean {
  return form === "pem_exposed" || form === "jwk_exposed" || form === "jwks_exposed";
}

export function isSecret(form: FileForm): boolean {
  return needsPassword(form) || isExposed(form);
}

/** How well a password holds, in words. */
export function strengthOf({ password, made }: Draft): "made" | "long" | "short" | null {
  if (made) return "made";
  if (password === "") return null;
  return [...password].length < LONG ? "short" : "long";
}

/** What keytool would be told to make the same file; null where keytool makes no such file. */
export function keytoolCommand(draft: Draft, source: string): string | null {
  const type = KEYTOOL_TYPES[draft.form];
  if (!type) return null;
  const legacy = draft.form === "p12_legacy" ? " -J-Dkeystore.pkcs12.legacy" : "";
  const name = quoted(draft.alias.trim());
  return [
    `keytool${legacy} -importkeystore`,
    "-srckeystore virksomhet.p12 -srcstoretype PKCS12",
    `-destkeystore ${quoted(`${draft.alias.trim()}.${type.ending}`)} -deststoretype ${type.name}`,
    `-srcalias ${quoted(source)} -destalias ${name}`,
  ].join(" \\\n  ");
}

function quoted(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `"${text.replace(/(["\\$`])/g, "\\$1")}"`;
}

export const FORMS: Record<Kind, [FileForm, ...FileForm[]]> = {
  p12: ["p12", "p12_legacy", "p12_base64"],
  jks: ["jks"],
  pem: ["pem", "pem_exposed"],
  jwk: ["jwk", "jwks", "public_pem"],
  certificate: ["certificates", "der"],
  private_jwk: ["jwk_exposed", "jwks_exposed"],
};

export const ENDINGS: Record<Kind, string> = { p12: ".p12", jks: ".jks", pem: ".pem", jwk: "JWK", certificate: ".pem, .cer", private_jwk: "JWK" };

const COMMON: Kind[] = ["p12", "jks", "pem", "jwk"];
const MORE: Kind[] = ["certificate", "private_jwk"];
const WITH_CERTIFICATE: Kind[] = ["p12", "jks", "certificate"];

const LOCKED: FileForm[] = ["p12", "p12_legacy", "p12_base64", "jks", "pem"];

const TOOLS: Partial<Record<FileForm, Tool[]>> = {
  p12: ["jwt-grant-generator", "brreg", "fiks", "altinn"],
  p12_legacy: ["jwt-grant-generator", "brreg", "fiks", "altinn"],
  p12_base64: ["vtfk"],
  jks: ["jwt-grant-generator", "brreg", "danielskovli-python"],
  jwk_exposed: ["nais", "danielskovli-dotnet"],
};

const KEYTOOL_TYPES: Partial<Record<FileForm, { name: string; ending: string }>> = {
  p12: { name: "PKCS12", ending: "p12" },
  p12_legacy: { name: "PKCS12", ending: "p12" },
  jks: { name: "JKS", ending: "jks" },
};

/** From this length on a password is not called short; the program itself decides what is refused. */
const LONG = 14;
