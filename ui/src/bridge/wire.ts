// Made from the Rust types of the same names by `UPDATE_WIRE=1 cargo test -p onboarding wire`. Do not edit.

export type EnvironmentName = "practice" | "test" | "production";

export type Language = "nb" | "nn" | "en";

export type Scheme = "auto" | "light" | "dark";

export type TextSize = "normal" | "large" | "largest";

export type Settings = {
  /** Language of every text. */
  language: Language,
  /** Light or dark. */
  scheme: Scheme,
  /** Size of text. */
  text_size: TextSize,
};

export type Failure = {
  /** Stable, in `snake_case`; `mp_250` for Maskinporten's own codes. */
  code: string,
  /** Values for the placeholders of the texts, by name. */
  params: { [key in string]: string },
  /** What was answered; none when nothing was. */
  detail: FailureDetail | null,
};

export type FailureDetail = {
  /** HTTP status. */
  http_status: number | null,
  /** The body of the answer. */
  body: string | null,
  /**
   * The code that the other side publishes, such as `MP-250` or Altinn's `AUTH-00011`, when the
   * answer named one.
   */
  mp_code: string | null,
  /** The id Digdir's servicedesk asks for. */
  trace_id: string | null,
  /** When the answer came, seconds since 1970. */
  at: number,
};

export type ScopeFacts = {
  /** As it is sent. */
  scope: string,
  /** Names it in the catalogues. */
  key: string,
  /** Chosen when nothing else is. */
  preselected: boolean,
  /** Shown first; the others stand under «Flere». */
  common: boolean,
};

export type Ordering = "email" | "bits" | "agreement" | "unknown";

export type ServiceFacts = {
  /** Names the API in profiles and in the catalogues. */
  id: string,
  /** Who owns the API. */
  owner: string,
  /** Where access is ordered. */
  owner_email: string | null,
  /** The scopes it offers. */
  scopes: Array<ScopeFacts>,
  /** More than one scope may be chosen. */
  several_scopes: boolean,
  /** How access is ordered. */
  ordering: Ordering,
  /** The token must be exchanged at Altinn. */
  altinn_exchange: boolean,
  /** A supplier can act for a customer. */
  delegation: boolean,
  /** Where the facts come from. */
  source: string,
  /** When they were checked, such as `2026-11-20`. */
  verified_on: string,
};

export type OrderState = "not_sent" | "sent" | "granted";

export type Order = {
  /** Where it stands. */
  state: OrderState,
  /** A date, such as `2026-11-12`. */
  sent_on: string | null,
  /** A date, such as `2026-11-12`. */
  granted_on: string | null,
  /** Where access was granted; empty when the user did not say. */
  granted_in: Array<EnvironmentName>,
};

export type OrderForm = {
  /** Name of the organisation. */
  organisation: string,
  /** Organisation number as typed. */
  org_number: string,
  /** Responsible for test: name, e-mail, telephone. */
  test_contact: string,
  /** Responsible for production: name, e-mail, telephone. */
  production_contact: string,
  /** Why the organisation may have the data. */
  legal_basis: string,
};

export type Terms = {
  /** The organisation has accepted the terms of use. */
  accepted: boolean,
  /** The user gets into self-service. */
  user: boolean,
  /** The user has the right in Altinn; asked for in production only. */
  altinn_right: boolean,
};

export type Fix = {
  /** Number of the step. */
  step: number,
  /** Code of the failure. */
  code: string,
};

export type StepStatus = "done" | "next" | "waiting" | "todo" | "blocked" | "skipped" | "fix";

export type Step = {
  /** 1 to 8. */
  number: number,
  /** Where it stands. */
  status: StepStatus,
  /** Key of the description: `todo`, `done`, `own_key`, `sent`, `blocked`, `skipped` or `fix`. */
  description: string,
  /** Values for the placeholders. */
  params: { [key in string]: string },
  /** The step that must come first, when blocked. */
  missing: number | null,
  /** Why it must be mended: the code of a failure. */
  fix: string | null,
};

export type Road = {
  /** Eight, in order. */
  steps: Array<Step>,
  /** How many are done, those that are not needed included. */
  done: number,
  /** The one to take next; none when all are done. */
  next: number | null,
  /** The certificate or the key runs out soon: the check that says so. */
  reminder: Check | null,
};

export type Profile = {
  /** A UUID, for the program. */
  id: string,
  /** For the user, and for `--profile`. */
  name: string,
  /** Id of the facts of the API; none before step 1. */
  service: string | null,
  /** The scopes that are asked for. */
  scopes: Array<string>,
  /** Where tokens are asked for; none before step 1. */
  environment: EnvironmentName | null,
  /** Id of the key and certificate. */
  identity: string | null,
  /** The client in Maskinporten. */
  client_id: string | null,
  /**
   * Set when the client has registered keys: the grant then names the key and carries no
   * certificate.
   */
  kid: string | null,
  /** Wanted audience of the token. */
  resource: Array<string>,
  /** The organisation the supplier acts for. */
  consumer_org: string | null,
  /** The customers a supplier asks for all at once: nine digits each. */
  consumers: Array<string>,
  /** The system user that tokens are for, where they are for one. */
  system_user: ProfileSystemUser | null,
  /** What the grant is signed with. */
  algorithm: AlgorithmName,
  /** The issuers' certificates are sent as well, where a certificate is. */
  chain: boolean,
  /** Where the API lies, when the user typed it. */
  api_address: string | null,
  /** How far the order for access has come. */
  order: Order,
  /** What the order e-mail is filled with. */
  order_form: OrderForm,
  /** The terms of use and the user in self-service. */
  terms: Terms,
  /** When the last token was issued, seconds since 1970. */
  token_issued_at: number | null,
  /** The user has used a token in a system of their own. */
  tried_elsewhere: boolean,
  /** When files for the own system were last saved, seconds since 1970. */
  files_saved_at: number | null,
  /** What a refusal told must be mended. */
  fix: Fix | null,
};

export type ProfileChange = {
  /** A new name. */
  name?: string,
  /** Another API. */
  service?: string,
  /** Other scopes. */
  scopes?: Array<string>,
  /** The environment, while none is chosen yet. */
  environment?: EnvironmentName,
  /** Another key; null takes it away. */
  identity?: string | null,
  /** Another client; null takes it away. */
  client_id?: string | null,
  /** Another registered key; null takes it away. */
  kid?: string | null,
  /** Another audience. */
  resource?: Array<string>,
  /** Another consumer; null takes it away. */
  consumer_org?: string | null,
  /** Other customers. */
  consumers?: Array<string>,
  /** Another system user; null takes it away. */
  system_user?: ProfileSystemUser | null,
  /** Another algorithm. */
  algorithm?: AlgorithmName,
  /** With or without the issuers' certificates. */
  chain?: boolean,
  /** Another address; null takes it away. */
  api_address?: string | null,
  /** Step 2. */
  order?: Order,
  /** Step 2. */
  order_form?: OrderForm,
  /** Step 3. */
  terms?: Terms,
  /** Step 7. */
  tried_elsewhere?: boolean,
};

export type NamedCertificate = {
  /** As in the certificate. */
  organisation: string | null,
  /** Nine digits. */
  org_number: string | null,
  /** SHA-256 of the certificate, in hexadecimal. */
  sha256: string,
};

export type ImportedProfiles = {
  /** The new profiles, in the order of the file. */
  profiles: Array<Profile>,
  /** Certificates that the profiles need and this machine does not have. */
  missing: Array<NamedCertificate>,
  /** What the program the file was made for would stumble on, in whole sentences. */
  findings: Array<string>,
};

export type Keychain = "available" | "missing";

export type Start = {
  /** Version of the program. */
  version: string,
  /** What the user has chosen; none before the first choice. */
  settings: Settings | null,
  /** Nothing has been set up yet. */
  first_run: boolean,
  /** All profiles. */
  profiles: Array<Profile>,
  /** Id of the profile that is worked on. */
  active: string | null,
  /** The APIs the program knows. */
  services: Array<ServiceFacts>,
  /** Whether keys can be kept. */
  keychain: Keychain,
  /** A file given on the command line or by "open with". */
  opened_file: KeystoreFile | null,
  /** Why that file cannot be opened, where it cannot. */
  opened_failure: Failure | null,
  /** Production was confirmed since the program started. */
  production_confirmed: boolean,
};

export type KeystoreFile = {
  /** Names the file until it is closed. */
  handle: string,
  /** Name without folder. */
  name: string,
  /** Size in bytes. */
  size_bytes: number,
  /** pkcs12, jks, jceks, pem, der, jwk or jwks. */
  format: string,
  /** A password is needed. */
  locked: boolean,
  /** The ciphers met on the outside, such as `AES-256-CBC PBKDF2-HMAC-SHA-256`. */
  ciphers: Array<string>,
  /** Its protection is weak today. */
  legacy: boolean,
  /** How many keys and certificates can be seen without the password. */
  parts: number,
  /** Rounds of key derivation that it demands; above a million, opening is waited for. */
  rounds: number,
};

export type Purpose = "authentication" | "signing" | "encryption" | "unknown";

export type CertificateEnvironment = "test" | "production" | "practice" | "unknown";

export type CertificateCard = {
  /** Name of the organisation. */
  organisation: string | null,
  /** Nine digits as found. */
  org_number: string | null,
  /** Common name of the issuer. */
  issuer: string,
  /** Whole distinguished name of the owner. */
  subject: string,
  /** Whole distinguished name of the issuer. */
  issuer_name: string,
  /** First moment of validity, RFC 3339 UTC; none where the validity cannot be read. */
  not_before: string | null,
  /** Last moment of validity, RFC 3339 UTC; none where the validity cannot be read. */
  not_after: string | null,
  /** Whole days left; negative when it has expired; none where the validity cannot be read. */
  days_left: number | null,
  /** RSA, EC, Ed25519 or other. */
  key_type: string,
  /** Length of the key in bits. */
  key_bits: number,
  /** Names of RFC 5280. */
  key_usage: Array<string>,
  /** authentication, signing, encryption or unknown. */
  purpose: Purpose,
  /** test, production, practice or unknown. */
  environment: CertificateEnvironment,
  /** seid2, seid1, practice or other. */
  profile: string,
  /** Common names, the owner first. */
  chain: Array<string>,
  /** Serial number in hexadecimal. */
  serial: string,
  /** SHA-256 of the certificate in hexadecimal. */
  sha256: string,
  /** Name of the key in its file. */
  alias: string,
};

export type CheckState = "ok" | "warning" | "error" | "info";

export type Check = {
  /** Stable, in `snake_case`. */
  code: string,
  /** How grave it is. */
  state: CheckState,
  /** Values for the placeholders, by name. */
  params: { [key in string]: string },
};

export type KeyChoice = {
  /** Its place in the file, from 0, which names it: several keys may have the same name. */
  index: number,
  /** Its name in the file. */
  alias: string,
  /** What it is for. */
  purpose: Purpose,
  /** The one to use. */
  recommended: boolean,
  /** It can be used at all. */
  usable: boolean,
  /** Why not: the code of a check. */
  reason: string | null,
  /** What its certificate says; none when there is no certificate. */
  certificate: CertificateCard | null,
  /** What we think of it. */
  checks: Array<Check>,
};

export type OpenedKeystore = {
  /** The handle of the file. */
  handle: string,
  /** The file. */
  file: KeystoreFile,
  /** One for each private key. */
  keys: Array<KeyChoice>,
};

export type Keep = "sealed" | "session" | "practice";

export type OwnKeyCard = {
  /** Its name on the client. */
  kid: string,
  /** Where it is used, and nowhere else. */
  environment: EnvironmentName,
  /** When it was made, RFC 3339 UTC. */
  made_at: string,
  /** When the user said that it was put on the client, RFC 3339 UTC. */
  posted_at: string | null,
  /** When it must be put on the client anew, or replaced: RFC 3339 UTC. */
  renew_by: string,
  /** Whole days until then; negative when it has passed. */
  days_left: number,
  /** RSA. */
  key_type: string,
  /** Length of the key in bits. */
  key_bits: number,
  /** SHA-256 of the public key in hexadecimal. */
  sha256: string,
};

export type Identity = {
  /** Names it. */
  id: string,
  /** Where it is kept. */
  keep: Keep,
  /** What its certificate says; none for an own key. */
  certificate: CertificateCard | null,
  /** What is known of an own key; none for a key with certificate. */
  own_key: OwnKeyCard | null,
  /** What we think of it. */
  checks: Array<Check>,
  /** How many profiles use it. */
  used_by: number,
};

export type OwnKeyOrder = {
  /** The environment it is for. */
  environment: EnvironmentName,
  /** Where it is kept: sealed, or in memory until the window closes. */
  keep: Keep,
  /** 2048, 3072 or 4096; otherwise 3072. */
  bits?: number,
  /** Its name; otherwise one that no other key has is made. */
  kid?: string,
};

export type PublicKeyTexts = {
  /** The name in the JWK. */
  kid: string,
  /** One JWK. */
  jwk: string,
  /** A set with that JWK. */
  jwks: string,
  /** The key alone, as PEM; it has no name. */
  pem: string,
};

export type AlgorithmName = "RS256" | "RS384" | "RS512";

export type DetailOptions = { "type": "none" } | { "type": "system_user",
/** The organisation that owns the system user. */
org: string,
/** The reference it was created with, if it was. */
external_ref?: string, } | { "type": "consent",
/** Its id. */
id: string,
/** Who gave it: the digits of a person or an organisation. */
from: string, } | { "type": "written",
/** The array, or its one element. */
json: string,
};

export type ProfileSystemUser = {
  /** The organisation that owns it, nine digits. */
  org: string,
  /** The reference it was created with, if it was. */
  external_ref: string | null,
};

export type RevocationState = "good" | "revoked" | "unknown" | "unreachable";

export type RevocationSource = "ocsp" | "crl";

export type Revocation = {
  /** What came of the question. */
  state: RevocationState,
  /** Since when it is revoked, RFC 3339 UTC. */
  revoked_at: string | null,
  /** Why it was revoked, in the words of RFC 5280; none where that is not said. */
  reason: string | null,
  /** How it was answered; none where it was not. */
  source: RevocationSource | null,
  /** The host that answered, or the last that did not. */
  host: string | null,
  /** When the issuer knew this, RFC 3339 UTC. */
  as_of: string | null,
  /** When it was asked, RFC 3339 UTC. */
  checked_at: string,
  /**
   * Why there is no answer: `issuer_missing`, `no_address`, `not_reached`, `unreadable`, `not_answered`,
   * `other_certificate`, `wrong_signer`, `not_current`, `nonce_differs` or `unsupported`.
   */
  problem: string | null,
};

export type IssuerCard = {
  /** Common name, or the whole name where there is none. */
  name: string,
  /** SHA-256 of the certificate in hexadecimal; names it. */
  sha256: string,
  /** Last day of validity, such as `2040-10-26`. */
  valid_until: string,
  /** It is one of the roots that Digdir lists. */
  known_root: boolean,
};

export type TokenOptions = {
  /** Other scopes than the profile's. */
  scopes?: Array<string>,
  /** Another audience. */
  resource?: Array<string>,
  /** The organisation the supplier acts for; empty for none, also where the profile has one. */
  consumer_org?: string,
  /** The person the calls are about. */
  pid?: string,
  /** A system user or a consent, or neither, whatever the profile says. */
  detail?: DetailOptions,
  /** Signed with another algorithm than the profile says. */
  algorithm?: AlgorithmName,
  /** Send the issuers' certificates as well, or not, whatever the profile says. */
  chain?: boolean,
  /** Seconds the grant lives, at most 120. */
  lifetime_s?: number,
  /** Send it although we foresee that it will be refused. */
  anyway?: boolean,
};

export type Gravity = "stop" | "warning" | "note";

export type Place = "certificate" | "client" | "environment" | "scopes" | "resource" | "consumer" | "person" | "details" | "chain" | "clock" | "nowhere";

export type Foresight = {
  /** Stable, in `snake_case`; its words stand under `failures.<code>`. */
  code: string,
  /** How sure we are. */
  gravity: Gravity,
  /**
   * The code of the refusal that would come, such as `mp_122`; none when Maskinporten would
   * not be the one to say no.
   */
  refusal: string | null,
  /** Values for the placeholders, by name. */
  params: { [key in string]: string },
  /** Where the one thing to change is. */
  place: Place,
  /** Where the rule is documented. */
  source: string,
};

export type ClockReading = {
  /** Our clock less the server's, in whole seconds: positive when ours is ahead. */
  offset_s: number,
  /**
   * How far off the measure may be, in seconds: `Date` has whole seconds, and the answer was
   * made at some moment between question and answer.
   */
  doubt_s: number,
};

export type ClaimRow = {
  /** As in the token. */
  name: string,
  /** As text. */
  value: string,
  /** Seconds since 1970, for the claims that are times. */
  time: number | null,
  /** The program knows what it means. */
  known: boolean,
};

export type Sent = {
  /** Where it was posted. */
  token_endpoint: string,
  /** The decoded header, indented JSON. */
  header: string,
  /** The decoded claims, indented JSON. */
  claims: string,
  /** HTTP status. */
  status: number,
  /** From sending to the whole answer. */
  elapsed_ms: number,
};

export type Difference = {
  /** `scope`, `consumer`, `resource`, `pid` or `authorization_details`. */
  name: string,
  /** What was asked for; values joined with spaces. Of a person nothing is told. */
  asked: string,
  /** What came; empty when nothing did. */
  received: string,
};

export type UseForm = "curl" | "header" | "postman" | "bruno" | "properties" | "java";

export type UseText = {
  /** Which. */
  form: UseForm,
  /** A name for the file; it tells the environment. */
  file_name: string,
  /** The text. */
  text: string,
  /** The part of the text that a token takes the place of. */
  place: string,
  /** What comes there, with `{token}` for the token. */
  put: string,
};

export type Token = {
  /** Names the token. */
  id: string,
  /** The first characters, to recognise it by. */
  masked: string,
  /** Seconds since 1970, our clock. */
  issued_at: number,
  /** Seconds since 1970, our clock. */
  expires_at: number,
  /** Seconds. */
  lifetime_s: number,
  /** Every claim, in the order a reader wants them. */
  claims: Array<ClaimRow>,
  /** What was sent for it. */
  sent: Sent,
  /** What came in another form than it was asked for. */
  differs: Array<Difference>,
  /** The clock of this machine, when it is so wrong that the user should know. */
  clock: ClockReading | null,
  /** The signature and the issuer were verified. */
  verified: boolean,
  /** The JOSE header, indented JSON. */
  header: string,
  /** The claims, indented JSON. */
  payload: string,
  /** How to use it elsewhere; the token itself is not in them. */
  uses: Array<UseText>,
};

export type Preview = {
  /** Where it would be posted. */
  token_endpoint: string,
  /** The header, indented JSON. */
  header: string,
  /** The claims, indented JSON. */
  claims: string,
};

export type ClientCheck = {
  /** As it was read. */
  client_id: string,
  /** A token came. */
  works: boolean,
  /** Why none came. */
  failure: Failure | null,
};

export type RegisteredKey = {
  /** Its id. */
  kid: string,
  /** When it ends, seconds since 1970. */
  expires_at: number | null,
};

export type Registration = {
  /** Its id. */
  client_id: string,
  /** The organisation that owns it, nine digits. */
  owner: string | null,
  /** Every scope on it, sorted. */
  scopes: Array<string>,
  /** Its registered keys; none where it shows a certificate. */
  keys: Array<RegisteredKey>,
};

export type PastedSignature = "verified" | "wrong" | "no_keys" | "unknown_issuer";

export type PastedToken = {
  /** Every claim, in the order a reader wants them. */
  claims: Array<ClaimRow>,
  /** The JOSE header, indented JSON. */
  header: string,
  /** The claims, indented JSON. */
  payload: string,
  /** Where it was issued, when that is one of Maskinporten's own. */
  environment: EnvironmentName | null,
  /** What could be found out of its signature. */
  signature: PastedSignature,
  /** When it expires, seconds since 1970. */
  expires_at: number | null,
  /** By our clock. */
  expired: boolean,
};

export type AuditEntry = {
  /** When it ended by our clock: RFC 3339 in UTC, whole seconds. */
  time: string,
  /** `practice`, `test`, `production` or `custom`. */
  environment: string,
  /** The client that asked. */
  client_id: string,
  /** What was asked for. */
  scope: string,
  /** Nine digits: the organisation the token is for, else the one that was asked for. */
  consumer: string | null,
  /** `issued`, `cancelled`, or the code of the failure. */
  outcome: string,
  /** The id Digdir's servicedesk asks for. */
  trace_id: string | null,
};

export type ServedEndpoint = {
  /** Id of the profile whose token it gives. */
  profile: string,
  /** Where a test tool fetches it. Shown on purpose: the user carries it there. */
  url: string,
};

export type ManyRow = {
  /** Its place in what was asked for, from 0. */
  index: number,
  /** Id of the profile. */
  profile: string,
  /** Nine digits. */
  consumer: string | null,
  /** Id of the token, when one came. */
  token: string | null,
  /** Seconds since 1970, when one came. */
  expires_at: number | null,
  /** Why none came. */
  failure: Failure | null,
  /** From sending to the whole answer. */
  elapsed_ms: number,
};

export type ManyEnd = {
  /** How many tokens came. */
  issued: number,
  /** How many did not. */
  failed: number,
  /** How many were never asked for, because the user had enough. */
  left: number,
};

export type ReadConsumers = {
  /** Nine digits each, in the order they came, each once. */
  consumers: Array<string>,
  /** Numbers of the lines that hold something, but no organisation number; from 1. */
  unread: Array<number>,
  /** How many came more than once. */
  repeated: number,
};

export type SavedPractice = {
  /** Name of the file. */
  name: string,
  /** Its password. Shown on purpose: the certificate is accepted by nothing but practice. */
  password: string,
};

export type FailedCheck = {
  /** Its name: `audience`. */
  check: string,
  /** `MP-110`, where the refusal has a code. */
  code: string | null,
  /** The words of the answer. */
  text: string,
};

export type PracticeRequest = {
  /** Counts from 1. */
  number: number,
  /** Seconds since 1970. */
  at: number,
  /** `POST`. */
  method: string,
  /** `/token`. */
  path: string,
  /** The HTTP status of the answer. */
  status: number,
  /** Names of the checks that passed, in their order. */
  passed: Array<string>,
  /** The check that failed. */
  failed: FailedCheck | null,
  /** The scenario that decided the answer after every check had passed. */
  scenario: string | null,
  /** The scopes of the token, when one was given. */
  scope: string | null,
  /** The header of the grant, pretty JSON, long values cut. */
  header: string | null,
  /** The claims of the grant, pretty JSON, no whole national identity number. */
  claims: string | null,
};

export type PracticeView = {
  /** What arrived, the latest first. */
  requests: Array<PracticeRequest>,
  /** What goes wrong on purpose: `clock-skew`, `503`. */
  scenarios: Array<string>,
};

export type PracticeClient = {
  /** Its id. */
  client_id: string,
  /** The organisation that owns it. */
  organisation: string,
  /** Nine digits. */
  org_number: string,
};

export type Tool = "jwt-grant-generator" | "brreg" | "fiks" | "altinn" | "nais" | "vtfk" | "danielskovli-dotnet" | "danielskovli-python";

export type FileForm = "p12" | "p12_legacy" | "p12_base64" | "jks" | "pem" | "pem_exposed" | "certificates" | "der" | "public_pem" | "jwk" | "jwks" | "jwk_exposed" | "jwks_exposed";

export type FileOrder = {
  /** The form of the key file. */
  form: FileForm,
  /** What the key is to be called in it, and what the files are named after. */
  alias: string,
  /** The tool that is to have a configuration file too. */
  tool: Tool | null,
};

export type FileOffer = {
  /** A name for the key. */
  alias: string,
  /** A fresh password. Shown on purpose: it is the user's to hand on, and is kept nowhere. */
  password: string,
};

export type SavedContent = "key" | "public" | "config";

export type SavedFile = {
  /** Names the file until the page is left. */
  handle: string,
  /** Name without folder. */
  name: string,
  /** What it holds. */
  content: SavedContent,
  /** The name of the key in it, in forms that have one. */
  alias: string | null,
  /** It has a password that can be copied. */
  locked: boolean,
};

export type SavedFiles = {
  /** One or two: the key file, and the configuration file. */
  files: Array<SavedFile>,
  /** The configuration file as it was written; holds no password. */
  config: string | null,
  /** What the oppsett has that has no place in the tool's file, by its claim. */
  left_out: Array<string>,
};

export type FindingGravity = "secret" | "refused" | "wrong" | "doubtful" | "remark";

export type ExplainedFinding = {
  /** Stable, in `snake_case`. */
  id: string,
  /** The code that the server publishes, or would answer with; none where there is none. */
  code: string | null,
  /** How grave it is. */
  gravity: FindingGravity,
  /** What happened, or what was seen. */
  what: string,
  /** Why. */
  why: string,
  /** What to do, in order; at most three. */
  do: Array<string>,
  /** Who can help. */
  who: string,
  /** Where this is known from. */
  source: string,
  /** The line of the text, from 1, where the thing stands on one. */
  line: number | null,
};

export type Explained = {
  /** The gravest first; empty when nothing was recognised. */
  findings: Array<ExplainedFinding>,
};
