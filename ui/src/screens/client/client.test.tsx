import { act, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Bridge } from "../../bridge/bridge";
import { failure } from "../../bridge/fake";
import { ownKeyIdentity, practiceIdentity, testIdentity } from "../../bridge/fixtures/identities";
import { inPractice, inProduction, ready, underWay } from "../../bridge/fixtures/samples";
import type { ClientCheck, Profile } from "../../bridge/wire";
import { open } from "../../test/render";
import { looksLikeClientId, trimmedClientId } from "./client-id";

const CLIENT_ID = "2b45e138-3a5e-4b1c-9a5f-6d1c8a7b00ea";
const step = { path: "/klient", mode: "step" } as const;
const withoutClient: Profile = { ...ready, client_id: null };

const refused = (code: string): ClientCheck => ({
  client_id: CLIENT_ID,
  works: false,
  failure: failure(code, {}, { http_status: 400, body: "{}", mp_code: code.toUpperCase().replace("_", "-"), trace_id: null, at: 1795203823 }),
});

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

async function openClient(answers: Partial<Bridge> = {}, profile = withoutClient) {
  const page = await open(step, { profiles: [profile], identities: [testIdentity, practiceIdentity] }, answers);
  const checks = () => page.bridge.calls.filter(({ name }) => name === "checkClient").length;
  return { ...page, checks };
}

async function paste(user: Awaited<ReturnType<typeof openClient>>["user"], id: string) {
  await user.type(await screen.findByRole("textbox", { name: "Klient-ID" }), id);
  await user.click(screen.getByRole("button", { name: "Sjekk klienten" }));
}

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
});

afterEach(() => {
  vi.useRealTimers();
});

test.each([
  [CLIENT_ID, true],
  ["oidc_granitt_1", true],
  ["granitt", false],
  ["2b45e138-3a5e-4b1c-9a5f", false],
])("%s looks like a client id: %s", (id, expected) => {
  expect(looksLikeClientId(id)).toBe(expected);
});

test("blanks and line breaks around a pasted id are taken away", () => {
  expect(trimmedClientId(`  ${CLIENT_ID}\n`)).toBe(CLIENT_ID);
});

describe("the values to paste", () => {
  test("each has a button named after it", async () => {
    await openClient();
    const values = within(await screen.findByTestId("client-values"));
    for (const label of ["Visningsnavn", "Beskrivelse", "Scope"]) {
      expect(values.getByRole("button", { name: `Kopier ${label}` })).toBeTruthy();
    }
  });

  test("with a key of one's own the public half is among them, and where it goes is a step", async () => {
    const own = { ...withoutClient, identity: ownKeyIdentity.id };
    const { user, bridge } = await open(step, { profiles: [own], identities: [ownKeyIdentity] });
    await user.click(await screen.findByRole("button", { name: "Kopier Offentlig nøkkel" }));
    expect(String(bridge.calls.find(({ name }) => name === "copyText")?.args[0])).toContain('"kid": "313045285-test-20261120-b1197d5a"');
    expect(screen.getByText(/^Åpne fanen «Nøkler»/)).toBeTruthy();
    expect(screen.queryByText(/Da trenger du ikke å legge til nøkkel/)).toBeNull();
  });

  test("the portal of the environment is opened in the browser", async () => {
    const { user, bridge } = await openClient();
    await user.click(await screen.findByTestId("open-portal"));
    expect(bridge.calls.find(({ name }) => name === "openLink")?.args).toEqual(["https://selvbetjening.test.samarbeid.digdir.no"]);
  });

  test("in production it says what a missing button means", async () => {
    await open(step, { profiles: [{ ...inProduction, client_id: null }], start: { production_confirmed: true } });
    expect(await screen.findByText(/har du ikke fått rettigheten i Altinn/)).toBeTruthy();
  });
});

describe("checking the client", () => {
  test("what cannot be a client id is said at the field and not sent", async () => {
    const { user, checks } = await openClient();
    await paste(user, "granitt");
    expect(await screen.findByText(/En klient-ID ser omtrent slik ut/)).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Klient-ID" }));
    expect(checks()).toBe(0);
    await user.click(screen.getByRole("radio", { name: "English" }));
    expect(await screen.findByText(/A client ID looks something like this/)).toBeTruthy();
  });

  test("one that works is saved, and the focus goes to the good news", async () => {
    const { user, bridge } = await openClient();
    await paste(user, ` ${CLIENT_ID} `);
    expect(await screen.findByRole("heading", { name: "Klienten virker" })).toBe(document.activeElement);
    expect(bridge.calls.find(({ name }) => name === "checkClient")?.args).toEqual(["profile-1", CLIENT_ID]);
    await user.click(screen.getByRole("button", { name: "Gå videre" }));
    expect(await screen.findByText(/^Klient-ID 2b45e138…00ea/)).toBeTruthy();
  });

  test("what the check found is known also when the page was left before the answer", async () => {
    let answer: (found: ClientCheck) => void = () => undefined;
    const { user, bridge } = await openClient({ checkClient: () => new Promise((resolve) => (answer = resolve)) });
    await paste(user, CLIENT_ID);
    await user.click(screen.getByRole("link", { name: "Innstillinger" }));
    const read = () => bridge.calls.filter(({ name }) => name === "listProfiles").length;
    const before = read();
    await act(async () => answer({ client_id: CLIENT_ID, works: true, failure: null }));
    expect(read()).toBe(before + 1);
  });

  test("a portal that could not be opened is told of", async () => {
    const { user } = await openClient({ openLink: () => Promise.reject(failure("link_unopened")) });
    await user.click(await screen.findByTestId("open-portal"));
    expect(await screen.findByTestId("failure")).toBeTruthy();
  });

  test("a new client is waited for: every 15 seconds, for three minutes", async () => {
    const { user, checks } = await openClient({ checkClient: async () => refused("mp_100") });
    await paste(user, CLIENT_ID);
    await screen.findByTestId("client-waiting");
    expect(checks()).toBe(1);
    await pass(15_500);
    expect(checks()).toBe(2);
    for (let turn = 0; turn < 12; turn++) await pass(15_500);
    expect(screen.queryByTestId("client-waiting")).toBeNull();
    expect(screen.getByRole("heading", { name: "Maskinporten kjenner ikke klient-ID-en" })).toBeTruthy();
    const before = checks();
    await pass(60_000);
    expect(checks()).toBe(before);
  });

  test("the wait ends when the client becomes known", async () => {
    let asked = 0;
    const works: ClientCheck = { client_id: CLIENT_ID, works: true, failure: null };
    const { user } = await openClient({ checkClient: async () => (asked++ === 0 ? refused("mp_100") : works) });
    await paste(user, CLIENT_ID);
    await screen.findByTestId("client-waiting");
    await pass(15_500);
    expect(await screen.findByRole("heading", { name: "Klienten virker" })).toBeTruthy();
  });

  test("the wait can be stopped, and then nothing more is asked", async () => {
    const { user, checks } = await openClient({ checkClient: async () => refused("mp_100") });
    await paste(user, CLIENT_ID);
    await user.click(await screen.findByRole("button", { name: "Stopp" }));
    expect(await screen.findByTestId("error-panel")).toBeTruthy();
    await pass(60_000);
    expect(checks()).toBe(1);
  });

  test("another refusal is explained at once", async () => {
    const { user } = await openClient({ checkClient: async () => refused("mp_122") });
    await paste(user, CLIENT_ID);
    expect(await screen.findByRole("heading", { name: "Sertifikatet tilhører en annen virksomhet enn klienten" })).toBe(document.activeElement);
  });

  test("without a certificate the missing step is named, and nothing is sent", async () => {
    const { user, checks } = await openClient({}, underWay);
    expect((await screen.findByTestId("missing-step")).textContent).toContain("steg 4");
    await paste(user, CLIENT_ID);
    expect(await screen.findByText("Klienten kan ikke sjekkes før sertifikatet er på plass.")).toBeTruthy();
    expect(checks()).toBe(0);
  });
});

test("in practice one press makes the client", async () => {
  const practice = { ...inPractice, identity: "identity-practice", client_id: null };
  const { user, bridge } = await openClient({}, practice);
  await user.click(await screen.findByRole("button", { name: "Opprett øvingsklient" }));
  expect(await screen.findByText("Øvingsklienten er opprettet")).toBeTruthy();
  expect(bridge.calls.find(({ name }) => name === "changeProfile")?.args).toEqual([practice.id, { client_id: CLIENT_ID }]);
});

test("the list names an oppsett as the rest of the window does", async () => {
  const { user } = await open({ path: "/klient" }, { profiles: [{ ...ready, name: "Reelle rettighetshavere" }] });
  const list = await screen.findByTestId("client-list");
  await user.click(screen.getByRole("radio", { name: "English" }));
  expect(await within(list).findByText("Beneficial owners")).toBeTruthy();
});

test("the sidebar leads to the list, also from the step on the same page", async () => {
  const { user } = await open(step, { profiles: [ready] });
  await user.click(await screen.findByRole("link", { name: "Klient" }));
  expect(await screen.findByTestId("client-list")).toBeTruthy();
});

test("the area lists the clients that are known", async () => {
  await open({ path: "/klient" }, { profiles: [ready, { ...inPractice, client_id: null }] });
  const list = within(await screen.findByTestId("client-list"));
  expect(list.getAllByRole("listitem")).toHaveLength(1);
  expect(list.getByText(CLIENT_ID)).toBeTruthy();
});

test("what self-service knows is fetched where the oppsett may ask for it", async () => {
  const told = { client_id: CLIENT_ID, owner: "313045285", scopes: ["a:b", "c:d"], keys: [{ kid: "k-1", expires_at: 1795203823 }] };
  const answers = { readRegistration: async () => told };
  const may: Profile = { ...ready, scopes: ["idporten:dcr.read"] };
  const { user } = await open({ path: "/klient" }, { profiles: [may], identities: [testIdentity] }, answers);
  await user.click(await screen.findByRole("button", { name: "Hent det selvbetjeningen vet" }));
  const card = await screen.findByTestId("registration-told");
  expect(card.textContent).toMatch(/Klienten eies av 313\s045\s285\..*2 scope:.*a:b.*c:d.*1 nøkkel\..*k-1/);
});

test("an oppsett that may not ask self-service is not offered to", async () => {
  await open({ path: "/klient" }, { profiles: [ready], identities: [testIdentity] });
  expect(await screen.findByTestId("client-list")).toBeTruthy();
  expect(screen.queryByTestId("registration")).toBeNull();
});
