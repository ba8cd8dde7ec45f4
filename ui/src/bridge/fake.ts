import type { Bridge } from "./bridge";
import services from "../../../src-tauri/crates/onboarding/facts/services.json";
import type { Failure, Identity, ManyRow, Profile, ProfileChange, Road, ServedEndpoint, ServiceFacts, Start, Step } from "./wire";

/** What a fake program holds when the window starts. */
export type Seed = {
  start?: Partial<Start>;
  profiles?: Profile[];
  identities?: Identity[];
  /** The road of the active oppsett; made up from the profile when left out. */
  road?: Road;
};

/** Everything the window asked the fake program for, in order: for tests. */
export type Call = { name: keyof Bridge; args: unknown[] };

export type FakeBridge = Bridge & { calls: Call[]; drop: (file: Parameters<Parameters<Bridge["onKeystoreFile"]>[0]>[0]) => void; drag: (over: boolean) => void; tellRow: (row: ManyRow) => void };

/**
 * A program without a program: profiles in memory, made-up answers.
 * For tests and fixtures; `answers` replaces single commands.
 */
export function makeFakeBridge(seed: Seed = {}, answers: Partial<Bridge> = {}): FakeBridge {
  let profiles = seed.profiles ?? [];
  let active = seed.start?.active ?? profiles[0]?.id ?? null;
  let identities = seed.identities ?? [];
  const calls: Call[] = [];
  const files = new Set<Parameters<Bridge["onKeystoreFile"]>[0]>();
  const manyRows = new Set<Parameters<Bridge["onManyRow"]>[0]>();
  let served: ServedEndpoint | null = null;
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
    pickKeystoreFile: async () => null,
    openKeystore: async () => {
      throw failure("wrong_password");
    },
    closeKeystore: async () => undefined,
    importIdentity: async () => {
      throw failure("unknown");
    },
    listIdentities: async () => identities,
    removeIdentity: async (id) => void (identities = identities.filter((one) => one.id !== id)),
    makeOwnKey: async () => {
      throw failure("unknown");
    },
    publicKeyOf: async () => {
      throw failure("unknown");
    },
    noteKeyPosted: async () => {
      throw failure("unknown");
    },
    checkClient: async (id, clientId) => {
      change(id, { client_id: clientId });
      return { client_id: clientId, works: true, failure: null };
    },
    foresee: async () => [],
    previewGrant: async () => {
      throw failure("unknown");
    },
    requestToken: async () => {
      throw failure("unknown");
    },
    cancelRequest: async () => undefined,
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
    requestForAll: async () => ({ issued: 0, failed: 0, left: 0 }),
    saveOutcomes: async () => "maskinporten-outcomes.csv",
    copyText: async () => undefined,
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
    onDragging: (listener) => {
      drags.add(listener);
      return () => drags.delete(listener);
    },
    ...answers,
  };
  return {
    ...recorded(bridge, calls),
    calls,
    drop: (file) => files.forEach((listener) => listener(file)),
    tellRow: (row) => manyRows.forEach((listener) => listener(row)),
    drag: (over) => drags.forEach((listener) => listener(over)),
  };
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
    api_address: null,
    order: { state: "not_sent", sent_on: null, granted_on: null, granted_in: [] },
    order_form: { organisation: "", org_number: "", test_contact: "", production_contact: "", legal_basis: "" },
    terms: { accepted: false, user: false, altinn_right: false },
    token_issued_at: null,
    tried_elsewhere: false,
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
    false,
  ];
  const next = done.indexOf(false);
  return roadOf(
    done.map((is, index) =>
      practice && (index === 1 || index === 2) ? "skipped" : is ? "done" : index === next ? "next" : "todo",
    ),
      );
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
