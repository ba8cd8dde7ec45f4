// Made by `cargo test` from the Rust types of the same names. Do not edit.

export type EnvironmentName = "practice" | "test" | "production";
export type Language = "nb" | "nn" | "en";
export type Scheme = "auto" | "light" | "dark";
export type TextSize = "normal" | "large" | "largest";

export type Settings = {
  language: Language;
  scheme: Scheme;
  text_size: TextSize;
};

/** Everything that went wrong and reaches the window: a code whose texts stand in texts/{nb,nn,en}.json. */
export type Failure = {
  code: string;
  /** Values for the placeholders of the texts, by name. */
  params: Record<string, string>;
  /** The other side's own words, kept word for word; null when nothing was answered. */
  detail: FailureDetail | null;
};

export type FailureDetail = {
  http_status: number | null;
  /** Maskinporten's answer, as it came. */
  body: string | null;
  /** "MP-250", when the answer named one. */
  mp_code: string | null;
  trace_id: string | null;
  /** Seconds since 1970. */
  at: number;
};

/** One scope that a service offers. */
export type ScopeFacts = {
  scope: string;
  /** Key in the catalogue: services.<service>.scopes.<key>. */
  key: string;
  /** Chosen when nothing else is. */
  preselected: boolean;
  /** Shown first; the others stand under «Flere». */
  common: boolean;
};

export type Ordering = "email" | "bits" | "agreement" | "unknown";

/** Facts of one API, from the data file, with source and date. */
export type ServiceFacts = {
  /** "reelle-rettighetshavere" | "losoreregisteret" | "samtykkebasert-lanesoknad" | "altinn-tjenesteeier" | "other" */
  id: string;
  owner: string;
  owner_email: string | null;
  scopes: ScopeFacts[];
  /** More than one scope may be chosen. */
  several_scopes: boolean;
  ordering: Ordering;
  altinn_exchange: boolean;
  delegation: boolean;
  source: string;
  verified_on: string;
};

export type OrderState = "not_sent" | "sent" | "granted";

export type Order = {
  state: OrderState;
  /** "2026-11-12" */
  sent_on: string | null;
  granted_on: string | null;
  granted_in: EnvironmentName[];
};

export type OrderForm = {
  organisation: string;
  org_number: string;
  test_contact: string;
  production_contact: string;
  legal_basis: string;
};

export type Terms = { accepted: boolean; user: boolean; altinn_right: boolean };

export type StepStatus = "done" | "next" | "waiting" | "todo" | "blocked" | "skipped" | "fix";

/** One of the eight steps. The window finds its words by number, status and params. */
export type Step = {
  number: number;
  status: StepStatus;
  /** Key of the description: road.<number>.<key>, for example "todo", "done". */
  description: string;
  params: Record<string, string>;
  /** The step that must come first, when blocked. */
  missing: number | null;
  /** Why it must be mended: the code of a Failure. */
  fix: string | null;
};

export type Road = { steps: Step[]; done: number; next: number | null };

/** An oppsett: API, scopes, environment, key and client id. */
export type Profile = {
  id: string;
  name: string;
  /** Id of a ServiceFacts; null before step 1 is done. */
  service: string | null;
  scopes: string[];
  environment: EnvironmentName | null;
  identity: string | null;
  client_id: string | null;
  /** Set when the client has registered keys: the grant then carries kid and no x5c. */
  kid: string | null;
  resource: string[];
  consumer_org: string | null;
  api_address: string | null;
  order: Order;
  order_form: OrderForm;
  terms: Terms;
  /** The last token request, seconds since 1970. */
  token_issued_at: number | null;
  tried_elsewhere: boolean;
};

/** What the window may change in a profile; absent members stay as they are. */
export type ProfileChange = {
  name?: string;
  service?: string;
  scopes?: string[];
  environment?: EnvironmentName;
  identity?: string | null;
  client_id?: string | null;
  kid?: string | null;
  resource?: string[];
  consumer_org?: string | null;
  api_address?: string | null;
  order?: Order;
  order_form?: OrderForm;
  terms?: Terms;
  tried_elsewhere?: boolean;
};

export type Keychain = "available" | "locked" | "missing";

/** What the window asks for first. */
export type Start = {
  version: string;
  settings: Settings;
  /** True until the first choice has been made. */
  first_run: boolean;
  profiles: Profile[];
  active: string | null;
  services: ServiceFacts[];
  keychain: Keychain;
  /** A file given on the command line or by "open with". */
  opened_file: KeystoreFile | null;
  /** Production was confirmed in this session. */
  production_confirmed: boolean;
};

/** A file the user chose, known to the window by a handle, never by its path. */
export type KeystoreFile = {
  handle: string;
  name: string;
  size_bytes: number;
  format: string;
  locked: boolean;
};

export type Purpose = "authentication" | "signing" | "encryption" | "unknown";
export type CertificateEnvironment = "test" | "production" | "practice" | "unknown";

export type CertificateCard = {
  organisation: string | null;
  org_number: string | null;
  issuer: string;
  subject: string;
  not_before: string;
  not_after: string;
  days_left: number;
  key_type: string;
  key_bits: number;
  key_usage: string[];
  purpose: Purpose;
  environment: CertificateEnvironment;
  /** "seid2" | "seid1" | "practice" | "other" */
  profile: string;
  /** Common names, root last. */
  chain: string[];
  serial: string;
  sha256: string;
  alias: string;
};

export type CheckState = "ok" | "warning" | "error" | "info";

/** One row of «Vi har sjekket»; words under checks.<code>. */
export type Check = { code: string; state: CheckState; params: Record<string, string> };

/** One private key of an opened file. */
export type KeyChoice = {
  alias: string;
  purpose: Purpose;
  recommended: boolean;
  usable: boolean;
  /** Code of the reason why it is not usable; null when it is. */
  reason: string | null;
  certificate: CertificateCard | null;
  checks: Check[];
};

export type OpenedKeystore = { handle: string; file: KeystoreFile; keys: KeyChoice[] };

export type Keep = "sealed" | "session";

/** A stored (or session-only) key with its certificate. */
export type Identity = {
  id: string;
  keep: Keep;
  certificate: CertificateCard;
  checks: Check[];
  used_by: number;
};

export type TokenOptions = {
  scopes?: string[];
  resource?: string[];
  consumer_org?: string | null;
  lifetime_s?: number;
};

/** One claim of the token; words under claims.<name>. */
export type ClaimRow = {
  name: string;
  /** For the eye: "313 045 285", a date, a list joined with spaces. */
  value: string;
  /** Seconds since 1970, for iat and exp. */
  time: number | null;
  known: boolean;
};

export type Sent = {
  token_endpoint: string;
  header: string;
  claims: string;
  status: number;
  elapsed_ms: number;
};

export type Token = {
  id: string;
  /** The first 38 characters. */
  masked: string;
  issued_at: number;
  expires_at: number;
  lifetime_s: number;
  claims: ClaimRow[];
  sent: Sent;
  verified: boolean;
  /** The token's three parts, decoded for reading; the signature is left out. */
  header: string;
  payload: string;
  /** Without the token. */
  curl: string;
};

/** What the grant would be, before it is sent. */
export type Preview = { token_endpoint: string; header: string; claims: string };

export type ClientCheck = { client_id: string; works: boolean; failure: Failure | null };

/** What the practice Maskinporten gave this oppsett. */
export type PracticeFacts = { issuer: string; client_id: string; organisation: string; org_number: string };
