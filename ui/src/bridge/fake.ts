import type { Bridge } from "./bridge";
import { makeOwnKey, posted, publicKeyOf } from "./fake-own-key";
import services from "../../../src-tauri/crates/onboarding/facts/services.json";
import type { Failure, FileOrder, Identity, ManyRow, PracticeView, Profile, ProfileChange, Road, SavedFiles, ServedEndpoint, ServiceFacts, Start, Step } from "./wire";

/** What a fake program holds when the window starts. */
export type Seed = {
  start?: Partial<Start>;
  profiles?: Profile[];
  identities?: Identity[];
  /** What the practice Maskinporten tells. */
  practice?: PracticeView;
  /** The road of the active oppsett; made up from the profile when left out. */
  road?: Road;
};

/** Everything the window asked the fake program for, in order: for tests. */
export type Call = { name: keyof Bridge; args: unknown[] };

export type FakeBridge = Bridge & { calls: Call[]; tryAgain: (number: number, of: number) => void; drop: (file: Parameters<Parameters<Bridge["onKeystoreFile"]>[0]>[0]) => void; drag: (over: boolean) => void; tellRow: (row: ManyRow) => void };

/**
 * A program without a program: profiles in memory, made-up answers.
 * For tests and fixtures; `answers` replaces single commands.
 */
export function makeFakeBridge(seed: Seed = {}, answers: Partial<Bridge> = {}): FakeBridge {
  let profiles = seed.profiles ?? [];
  let active = seed.start?.active ?? profiles[0]?.id ?? null;
  let identities = seed.identities ?? [];
  let practice = seed.practice ?? { requests: [], scenarios: [] };
  const calls: Call[] = [];
  const files = new Set<Parameters<Bridge["onKeystoreFile"]>[0]>();
  const manyRows = new Set<Parameters<Bridge["onManyRow"]>[0]>();
  let served: ServedEndpoint | null = null;
  const tries = new Set<Parameters<Bridge["onTryingAgain"]>[0]>();
  const drags = new Set<Parameters<Bridge["onDragging"]>[0]>();

  const find = (id: string) => {
    const profile = profiles.find((one) => one.id === id);
    if (!profile) throw failure("unknown");
    return profile;
  };
  const change = (id: string, wanted: ProfileChange) => {
    const changed = { ...find(id), ...wanted };
    profiles = profiles.map((one) => (one.id === id ? changed : one));
    return changed;
  };
  const hold = (identity: Identity) => {
    identities = [...identities.filter(({ id }) => id !== identity.id), identity];
    return identity;
  };
  const add = (profile: Profile) => {
    profiles = [...profiles, profile];
    active = profile.id;
    return profile;
  };

  const bridge: Bridge = {
    start: async () => makeStart({ ...seed.start, profiles, active }),
    saveSettings: async (settings) => settings,
    createProfile: async (wanted) => add(makeProfile({ id: `profile-${profiles.length + 1}`, ...wanted })),
    changeProfile: async (id, wanted) => change(id, wanted),
    copyProfile: async (id, wanted) => add({ ...find(id), client_id: null, identity: null, ...wanted, id: `profile-${profiles.length + 1}` }),
    removeProfile: async (id) => void (profiles = profiles.filter((one) => one.id !== id)),
    activateProfile: async (id) => {
      active = id;
      return find(id);
    },
    listProfiles: async () => profiles,
    road: async (id) => (id === (seed.profiles?.[0]?.id ?? null) && seed.road) || makeRoad(find(id)),
    confirmProduction: async () => undefined,
    startPractice: async () => add(makeProfile({ ...PRACTICE, id: `profile-${profiles.length + 1}` })),
    savePracticeCertificate: async () => ({ name: "ovelse.p12", password: "fjord-sau-lykt-vinter" }),
    usePracticeCertificate: async () => {
      throw failure("unknown");
    },
    practiceClient: async () => ({
      client_id: "2b45e138-3a5e-4b1c-9a5f-6d1c8a7b00ea",
      organisation: "GRANITT SPAREBANK",
      org_number: "313045285",
    }),
    practiceView: async () => practice,
    switchScenarios: async (scenarios) => (practice = { ...practice, scenarios }),
    forgetRequests: async () => (practice = { ...practice, requests: [] }),
    openPracticePage: async () => undefined,
    pickKeystoreFile: async () => null,
    openKeystore: async () => {
      throw failure("wrong_password");
    },
    openingProgress: async () => null,
    cancelOpening: async () => undefined,
    closeKeystore: async () => undefined,
    importIdentity: async () => {
      throw failure("unknown");
    },
    listIdentities: async () => identities,
    removeIdentity: async (id) => void (identities = identities.filter((one) => one.id !== id)),
    makeOwnKey: async ({ environment, keep, bits = 3072 }) => hold(makeOwnKey(environment, keep, bits)),
    publicKeyOf: async (id) => publicKeyOf(identities.find((one) => one.id === id)),
    noteKeyPosted: async (id) => hold(posted(identities.find((one) => one.id === id))),
    offerFiles: async () => ({ alias: "granitt-maskinporten", password: "k7wm4-9xhtq-2bdnf-p6rvz" }),
    makePassword: async () => "h3nqa-t8vx2-ywk5m-c9dfr",
    saveFiles: async (id, order) => savedFiles(change(id, { files_saved_at: 1_795_176_000 } as ProfileChange), order),
    replaceFiles: async (id, order) => savedFiles(find(id), order),
    showWrittenFile: async () => undefined,
    copyFilePassword: async () => 60,
    copyPassword: async () => 60,
    forgetFiles: async () => undefined,
    checkRevocation: async () => {
      throw failure("unknown");
    },
    fetchIssuers: async () => {
      throw failure("unknown");
    },
    addIssuers: async () => null,
    listIssuers: async () => [],
    removeIssuer: async () => undefined,
    checkClient: async (id, clientId) => {
      change(id, { client_id: clientId });
      return { client_id: clientId, works: true, failure: null };
    },
    readRegistration: async (id) => ({ client_id: find(id).client_id ?? "", owner: "313045285", scopes: find(id).scopes, keys: [] }),
    foresee: async () => [],
    previewGrant: async () => {
      throw failure("unknown");
    },
    requestToken: async () => {
      throw failure("unknown");
    },
    cancelRequest: async () => undefined,
    cancelRequestForAll: async () => undefined,
    revealToken: async () => "",
    copyToken: async () => 60,
    currentToken: async () => null,
    readPastedToken: async () => {
      throw failure("pasted_no_token");
    },
    saveUse: async () => "maskinporten-test.postman_environment.json",
    startServing: async (profile) => (served = { profile, url: "http://127.0.0.1:40123/3f9c1d7e5a/token" }),
    stopServing: async () => void (served = null),
    servedEndpoint: async () => served,
    exportProfiles: async () => "portner-oppsett.json",
    importProfiles: async () => null,
    auditEntries: async () => [],
    exportAudit: async () => "portner-requests.jsonl",
    openLogFolder: async () => undefined,
    readConsumers: async (text) => ({ consumers: text.match(/\b\d{9}\b/g) ?? [], unread: [], repeated: 0 }),
    pickConsumers: async () => null,
    foreseeForAll: async () => [],
    requestForAll: async () => ({ issued: 0, failed: 0, left: 0 }),
    saveOutcomes: async () => "maskinporten-outcomes.csv",
    copyText: async () => undefined,
    explainText: async () => ({ findings: [] }),
    openLink: async () => undefined,
    openMail: async () => undefined,
    setWindowTitle: async () => undefined,
    onKeystoreFile: (listener) => {
      files.add(listener);
      return () => files.delete(listener);
    },
    onManyRow: (listener) => {
      manyRows.add(listener);
      return () => manyRows.delete(listener);
    },
    onTryingAgain: (listener) => {
      tries.add(listener);
      return () => tries.delete(listener);
    },
    onDragging: (listener) => {
      drags.add(listener);
      return () => drags.delete(listener);
    },
    ...answers,
  };
  return {
    ...recorded(bridge, calls),
    calls,
    drop: (file) => tell(files, file),
    tellRow: (row) => manyRows.forEach((listener) => listener(row)),
    tryAgain: (number, of) => tries.forEach((listener) => listener({ number, of })),
    drag: (over) => tell(drags, over),
  };
}

/** A page that is seen may not listen yet. */
function tell<T>(listeners: Set<(told: T) => void>, told: T) {
  if (listeners.size === 0) setTimeout(() => tell(listeners, told));
  else listeners.forEach((listener) => listener(told));
}

export function failure(code: string, params: Record<string, string> = {}, detail: Failure["detail"] = null): Failure {
  return { code, params, detail };
}

export function makeProfile(known: Partial<Profile> = {}): Profile {
  return {
    id: "profile-1",
    name: "Reelle rettighetshavere",
    service: null,
    scopes: [],
    environment: null,
    identity: null,
    client_id: null,
    kid: null,
    resource: [],
    consumer_org: null,
    consumers: [],
    system_user: null,
    algorithm: "RS256",
    chain: false,
    api_address: null,
    order: { state: "not_sent", sent_on: null, granted_on: null, granted_in: [] },
    order_form: { organisation: "", org_number: "", test_contact: "", production_contact: "", legal_basis: "" },
    terms: { accepted: false, user: false, altinn_right: false },
    token_issued_at: null,
    tried_elsewhere: false,
    files_saved_at: null,
    fix: null,
    ...known,
  };
}

export function makeStart(known: Partial<Start> = {}): Start {
  return {
    version: "0.1.0",
    settings: { language: "nb", scheme: "light", text_size: "normal" },
    first_run: false,
    profiles: [],
    active: null,
    services: SERVICES,
    keychain: "available",
    opened_file: null,
    opened_failure: null,
    production_confirmed: false,
    ...known,
  };
}

/** A road from a list of statuses; the descriptions follow from them. */
export function roadOf(statuses: Step["status"][], changes: Record<number, Partial<Step>> = {}): Road {
  const steps = statuses.map((status, index) => ({
    number: index + 1,
    status,
    description: status === "done" ? "done" : "todo",
    params: {},
    missing: null,
    fix: null,
    ...changes[index + 1],
  }));
  return {
    steps,
    done: steps.filter(({ status }) => status === "done" || status === "skipped").length,
    next: steps.find(({ status }) => status === "next" || status === "fix")?.number ?? null,
    reminder: null,
  };
}

function makeRoad(profile: Profile): Road {
  const practice = profile.environment === "practice";
  const done = [
    profile.service !== null && profile.environment !== null,
    practice || profile.order.state === "granted",
    practice || (profile.terms.accepted && profile.terms.user),
    profile.identity !== null,
    profile.client_id !== null,
    profile.token_issued_at !== null,
    profile.tried_elsewhere,
    profile.files_saved_at !== null,
  ];
  const next = done.indexOf(false);
  return roadOf(
    done.map((is, index) =>
      practice && (index === 1 || index === 2) ? "skipped" : is ? "done" : index === next ? "next" : "todo",
    ),
      );
}

/** The key file and, when asked for, a properties file, as the program would answer them. */
function savedFiles({ environment, client_id, scopes }: Profile, { form, alias, tool }: FileOrder): SavedFiles {
  const key = `${alias}-${environment}.${form === "jks" ? "jks" : "p12"}`;
  const config = `# Maskinporten: ${environment}
issuer=${client_id}
audience=https://test.maskinporten.no/
token.endpoint=https://test.maskinporten.no/token
scope=${scopes.join(" ")}
keystore.type=JKS
keystore.file=${key}
keystore.password=<hent fra hvelvet>
keystore.alias=${alias}
keystore.alias.password=<hent fra hvelvet>
`;
  const file = { handle: "file-key", name: key, content: "key", alias, locked: true } as const;
  const beside = { handle: "file-config", name: `${alias}-${environment}.properties`, content: "config", alias: null, locked: false } as const;
  return { files: tool ? [file, beside] : [file], config: tool && config, left_out: [] };
}

function recorded(bridge: Bridge, calls: Call[]): Bridge {
  const entries = Object.entries(bridge).map(([name, act]) => [
    name,
    (...args: unknown[]) => {
      calls.push({ name: name as keyof Bridge, args });
      return (act as (...args: unknown[]) => unknown)(...args);
    },
  ]);
  return Object.fromEntries(entries) as Bridge;
}

/** The facts the program itself has. */
export const SERVICES = services as ServiceFacts[];

const PRACTICE: Partial<Profile> = {
  service: "reelle-rettighetshavere",
  scopes: ["brreg:reelle/rapporteringspliktig"],
  environment: "practice",
  identity: "identity-practice",
  client_id: "2b45e138-3a5e-4b1c-9a5f-6d1c8a7b00ea",
};
