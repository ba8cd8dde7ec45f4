import type {
  AuditEntry,
  ClientCheck,
  Explained,
  Failure,
  FileOffer,
  FileOrder,
  Foresight,
  Identity,
  ImportedProfiles,
  IssuerCard,
  Keep,
  KeystoreFile,
  ManyEnd,
  ManyRow,
  Language,
  OpenedKeystore,
  OwnKeyOrder,
  PastedToken,
  PracticeClient,
  PracticeView,
  Preview,
  Profile,
  ProfileChange,
  PublicKeyTexts,
  ReadConsumers,
  Registration,
  Revocation,
  Road,
  SavedFiles,
  SavedPractice,
  ServedEndpoint,
  Settings,
  Start,
  Token,
  TokenOptions,
  UseForm,
} from "./wire";

/** What can be practised in a window of its own. */
export type PracticePage = "portal" | "altinn";

/**
 * Every word between the window and the program, one function a command.
 * A command that cannot do what it is asked rejects with a Failure.
 */
export interface Bridge {
  start(): Promise<Start>;
  saveSettings(settings: Settings): Promise<Settings>;

  createProfile(change: ProfileChange): Promise<Profile>;
  changeProfile(id: string, change: ProfileChange): Promise<Profile>;
  /** Makes a copy in another environment: a profile belongs to one environment for good. */
  copyProfile(id: string, change: ProfileChange): Promise<Profile>;
  removeProfile(id: string): Promise<void>;
  activateProfile(id: string): Promise<Profile>;
  listProfiles(): Promise<Profile[]>;
  road(id: string): Promise<Road>;
  confirmProduction(): Promise<void>;

  /** API, practice certificate and practice client at once. */
  startPractice(): Promise<Profile>;
  /** Asks where, then saves the practice certificate set as a real .p12; null when the user gave up. */
  savePracticeCertificate(): Promise<SavedPractice | null>;
  /** The practice certificate as an identity of the program. */
  usePracticeCertificate(): Promise<Identity>;
  /** The practice client, and the organisation that owns it. */
  practiceClient(): Promise<PracticeClient>;
  /** What reached the practice Maskinporten, and what goes wrong there on purpose. */
  practiceView(): Promise<PracticeView>;
  /** These scenarios are on, all others off. */
  switchScenarios(scenarios: string[]): Promise<PracticeView>;
  forgetRequests(): Promise<PracticeView>;
  /** Shows a page that stands in for the portal or for Altinn, in a window of its own. */
  openPracticePage(page: PracticePage): Promise<void>;

  /** Opens the file dialog; null when the user gave up. */
  pickKeystoreFile(): Promise<KeystoreFile | null>;
  /** The key has a password of its own only where the first answer says `key_locked`. Rejects with `cancelled` after `cancelOpening`. */
  openKeystore(handle: string, password: string, keyPassword?: string | null): Promise<OpenedKeystore>;
  /** How much of the work of opening is done, in per cent; null when the file is not being opened. */
  openingProgress(handle: string): Promise<number | null>;
  cancelOpening(handle: string): Promise<void>;
  closeKeystore(handle: string): Promise<void>;
  importIdentity(handle: string, index: number, keep: Keep): Promise<Identity>;
  listIdentities(): Promise<Identity[]>;
  removeIdentity(id: string): Promise<void>;
  /** A key without certificate, made here. */
  makeOwnKey(order: OwnKeyOrder): Promise<Identity>;
  /** What self-service wants to have of a key; nothing of it is secret. */
  publicKeyOf(id: string): Promise<PublicKeyTexts>;
  /** The user has put the own key on the client: its year begins now. */
  noteKeyPosted(id: string): Promise<Identity>;
  /** Asks the issuer whether the certificate is revoked: the one thing here that goes out on the network. */
  checkRevocation(id: string): Promise<Revocation>;
  /** Fetches the issuers' certificates from where the certificate says they lie. */
  fetchIssuers(id: string): Promise<Identity>;
  /** Asks for a file with issuers' certificates; null when the user gave up, otherwise all that are kept. */
  addIssuers(): Promise<IssuerCard[] | null>;
  listIssuers(): Promise<IssuerCard[]>;
  removeIssuer(sha256: string): Promise<void>;

  /** A name for the key and a fresh password, to begin with. */
  offerFiles(profile: string): Promise<FileOffer>;
  makePassword(): Promise<string>;
  /** Asks where, then writes; null when the user gave up. Rejects with `output_exists` and a `place` when a file is in the way. */
  saveFiles(profile: string, order: FileOrder, password: string | null): Promise<SavedFiles | null>;
  /** Writes over the files that were in the way at `place`. */
  replaceFiles(profile: string, order: FileOrder, password: string | null, place: string): Promise<SavedFiles>;
  showWrittenFile(handle: string): Promise<void>;
  /** Clears the clipboard after 60 s; answers after how many seconds. */
  copyFilePassword(handle: string): Promise<number>;
  copyPassword(password: string): Promise<number>;
  /** The passwords of the written files are no longer needed. */
  forgetFiles(): Promise<void>;

  checkClient(profile: string, clientId: string): Promise<ClientCheck>;
  /** What self-service knows of the client of an oppsett; kept by the program, to foresee with. */
  readRegistration(profile: string): Promise<Registration>;
  /** What would come of a request, gravest first; nothing is sent. */
  foresee(profile: string, options: TokenOptions): Promise<Foresight[]>;
  previewGrant(profile: string, options: TokenOptions): Promise<Preview>;
  requestToken(profile: string, options: TokenOptions): Promise<Token>;
  /** Ends the request for the token of an oppsett, and no other. */
  cancelRequest(profile: string): Promise<void>;
  revealToken(id: string): Promise<string>;
  /** Clears the clipboard after 60 s or on expiry, whichever is first; answers after how many seconds. */
  copyToken(id: string): Promise<number>;
  /** The token that was issued for exactly this and still has ten seconds; null when there is none. Nothing is sent. */
  currentToken(profile: string, options: TokenOptions): Promise<Token | null>;
  /** Reads a token from elsewhere. Nothing is sent. */
  readPastedToken(text: string): Promise<PastedToken>;
  /** Asks where, then saves a text that carries the token; answers the file's name, null when the user gave up. */
  saveUse(profile: string, token: string, form: UseForm, included: boolean): Promise<string | null>;
  /** Turns the local token address on for an oppsett; one that is on for another is turned off. */
  startServing(profile: string): Promise<ServedEndpoint>;
  stopServing(): Promise<void>;
  servedEndpoint(): Promise<ServedEndpoint | null>;

  /** Asks where, then saves the oppsett of these ids, all when there are none; null when the user gave up. */
  exportProfiles(ids: string[]): Promise<string | null>;
  /** Asks for a file of ours or of another tool; null when the user gave up. */
  importProfiles(): Promise<ImportedProfiles | null>;

  /** The latest requests for tokens, newest first. */
  auditEntries(): Promise<AuditEntry[]>;
  exportAudit(): Promise<string | null>;
  openLogFolder(): Promise<void>;

  readConsumers(text: string): Promise<ReadConsumers>;
  pickConsumers(): Promise<ReadConsumers | null>;
  /** Asks for a token for each customer; every outcome is told to `onManyRow`. */
  requestForAll(profile: string, consumers: string[], anyway: boolean): Promise<ManyEnd>;
  /** What would come of it, each thing once. Nothing is sent. */
  foreseeForAll(profile: string, consumers: string[]): Promise<Foresight[]>;
  cancelRequestForAll(profile: string): Promise<void>;
  /** Asks where, then saves the outcomes of the oppsett's last `requestForAll` as a table. */
  saveOutcomes(profile: string): Promise<string | null>;

  copyText(text: string): Promise<void>;

  /** What a pasted text tells, the gravest first. The text stays on this machine and is not kept. */
  explainText(text: string, language: Language): Promise<Explained>;

  /** Opens an address of the allow-list in the browser. */
  openLink(address: string): Promise<void>;
  openMail(to: string, subject: string, body: string): Promise<void>;
  setWindowTitle(title: string): Promise<void>;

  /** A file was dropped on the window, or opened with the program. Answers a function that stops listening. */
  onKeystoreFile(listener: (file: KeystoreFile | Failure) => void): () => void;
  /** One of many requests has ended. */
  onManyRow(listener: (row: ManyRow) => void): () => void;
  /** A request for a token is tried again: which try it is, and how many there are at most. */
  onTryingAgain(listener: (tried: { number: number; of: number }) => void): () => void;
  /** A file is held over the window. */
  onDragging(listener: (over: boolean) => void): () => void;
}
