import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { failure } from "../../bridge/fake";
import { practiceIdentity, productionIdentity, testIdentity } from "../../bridge/fixtures/identities";
import { inProduction, ready, underWay } from "../../bridge/fixtures/samples";
import { makeToken, TOKEN_TEXT } from "../../bridge/fixtures/tokens";
import type { Bridge } from "../../bridge/bridge";
import type { Failure, Profile } from "../../bridge/wire";
import { open } from "../../test/render";

const identities = [testIdentity, productionIdentity, practiceIdentity];
const page = { path: "/token" } as const;

const openToken = (answers: Partial<Bridge> = {}, profile: Profile = ready) =>
  open(page, { profiles: [profile], identities }, { requestToken: async () => makeToken(120), revealToken: async () => TOKEN_TEXT, ...answers });

const theButton = () => screen.findByRole("button", { name: "Hent token" });
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

const refusal: Failure = failure("mp_130", { description: "JWT is expired" }, {
  http_status: 400,
  body: '{"error":"invalid_grant"}',
  mp_code: "MP-130",
  trace_id: "6f1c",
  at: 1795203823,
});

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
});

afterEach(() => {
  vi.useRealTimers();
});

describe("asking for a token", () => {
  test("the focus goes to the heading of the result", async () => {
    const { user } = await openToken();
    await user.click(await theButton());
    expect(await screen.findByRole("heading", { name: "Du har fått et token" })).toBe(document.activeElement);
  });

  test("a double click asks once", async () => {
    const { user, bridge } = await openToken({ requestToken: () => new Promise(() => undefined) });
    await user.dblClick(await theButton());
    expect(bridge.calls.filter(({ name }) => name === "requestToken")).toHaveLength(1);
  });

  test("the missing step is named, and there is no button", async () => {
    await openToken({}, underWay);
    expect((await screen.findByTestId("missing-step")).textContent).toContain("Du mangler steg 4: Importer virksomhetssertifikatet.");
    expect(screen.queryByTestId("token-button")).toBeNull();
  });

  test("after four seconds it says that it takes long, and can be cancelled", async () => {
    const { user, bridge } = await openToken({ requestToken: () => new Promise(() => undefined) });
    await user.click(await theButton());
    expect(screen.queryByRole("button", { name: "Avbryt" })).toBeNull();
    await pass(4000);
    expect(screen.getByText("Dette tar lengre tid enn vanlig.")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Avbryt" }));
    expect(bridge.calls.find(({ name }) => name === "cancelRequest")?.args).toEqual(["profile-1"]);
    expect(screen.getByText("Forespørselen er avbrutt.")).toBeTruthy();
    expect(await theButton()).toBeTruthy();
  });

  test("Ctrl+Enter asks", async () => {
    const { user, bridge } = await openToken();
    await theButton();
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(bridge.calls.some(({ name }) => name === "requestToken")).toBe(true);
  });

  test("Ctrl+Enter held down asks once", async () => {
    const { bridge } = await openToken({ requestToken: () => Promise.reject(refusal) });
    await theButton();
    fireEvent.keyDown(window, { key: "Enter", ctrlKey: true });
    await screen.findByTestId("error-panel");
    fireEvent.keyDown(window, { key: "Enter", ctrlKey: true, repeat: true });
    await pass(100);
    expect(bridge.calls.filter(({ name }) => name === "requestToken")).toHaveLength(1);
  });

  test("what went wrong after Ctrl+Enter is told, as after a press on the button", async () => {
    await openToken({ listProfiles: vi.fn().mockResolvedValueOnce([ready]).mockRejectedValue(failure("profiles_unreadable")) });
    await theButton();
    fireEvent.keyDown(window, { key: "Enter", ctrlKey: true });
    expect(await screen.findByTestId("failure")).toBeTruthy();
  });

  test.each([
    { confirmed: false, asked: 0 },
    { confirmed: true, asked: 1 },
  ])("in production, confirmed $confirmed, Ctrl+Enter asks $asked times", async ({ confirmed, asked }) => {
    const profile = { ...inProduction, identity: "identity-prod" };
    const { user, bridge } = await open(page, { profiles: [profile], identities, start: { production_confirmed: confirmed } });
    await screen.findByTestId("token-button");
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(bridge.calls.filter(({ name }) => name === "requestToken")).toHaveLength(asked);
  });

  test("what was changed in the request is sent, and nothing else", async () => {
    const { user, bridge } = await openToken();
    const field = await screen.findByLabelText("Scope");
    await user.clear(field);
    await user.type(field, "brreg:ektepakt/tlg");
    await user.click(await theButton());
    const asked = bridge.calls.find(({ name }) => name === "requestToken");
    expect(asked?.args).toEqual(["profile-1", { scopes: ["brreg:ektepakt/tlg"] }]);
  });

  test("a scope without colon is said at the field and not sent", async () => {
    const { user, bridge } = await openToken();
    const field = await screen.findByLabelText("Scope");
    await user.clear(field);
    await user.type(field, "brreg");
    await user.click(await theButton());
    expect(screen.getByText("Scopet skal inneholde kolon, og ikke mellomrom")).toBeTruthy();
    expect(bridge.calls.some(({ name }) => name === "requestToken")).toBe(false);
  });
});

describe("the token", () => {
  test("its text is in the page only after «Vis hele», and masked again when the window is left", async () => {
    const { user } = await openToken();
    await user.click(await theButton());
    const result = await screen.findByTestId("token-result");
    expect(document.body.innerHTML).not.toContain(TOKEN_TEXT);
    await user.click(within(result).getByRole("button", { name: "Vis hele" }));
    expect(await within(result).findByText(TOKEN_TEXT)).toBeTruthy();
    act(() => void window.dispatchEvent(new Event("blur")));
    await pass(29_000);
    expect(document.body.innerHTML).toContain(TOKEN_TEXT);
    await pass(1_500);
    expect(document.body.innerHTML).not.toContain(TOKEN_TEXT);
  });

  test("copying says when the clipboard is cleared", async () => {
    const { user, bridge } = await openToken();
    await user.click(await theButton());
    await user.click(await screen.findByTestId("copy-token"));
    expect(await screen.findByText("Utklippstavlen tømmes om 60 sekunder")).toBeTruthy();
    expect(bridge.calls.find(({ name }) => name === "copyToken")?.args).toEqual(["token-1"]);
    await pass(61_000);
    expect(screen.queryByText("Utklippstavlen tømmes om 60 sekunder")).toBeNull();
  });

  test("Ctrl+Shift+C copies it", async () => {
    const { user, bridge } = await openToken();
    await user.click(await theButton());
    await screen.findByTestId("token-result");
    await user.keyboard("{Control>}{Shift>}C{/Shift}{/Control}");
    expect(bridge.calls.some(({ name }) => name === "copyToken")).toBe(true);
  });

  test("when it has expired it says so, and copying is gone", async () => {
    const { user } = await openToken();
    await user.click(await theButton());
    await screen.findByTestId("copy-token");
    await pass(121_000);
    expect(screen.getByRole("heading", { name: "Tokenet er utløpt" })).toBeTruthy();
    expect(screen.queryByTestId("copy-token")).toBeNull();
    expect(screen.getByRole("button", { name: "Hent nytt token" })).toBeTruthy();
  });

  test("the name of the countdown changes at 60, 30, 10 and 0 seconds only", async () => {
    const { user } = await openToken({ requestToken: async () => makeToken(114) });
    await user.click(await theButton());
    const ring = await screen.findByTestId("token-countdown");
    const first = ring.getAttribute("aria-label");
    expect(first).toMatch(/^1 minutt og 5[34] sekunder igjen$/);
    await pass(40_000);
    expect(ring.getAttribute("aria-label")).toBe(first);
    await pass(20_000);
    expect(ring.getAttribute("aria-label")).toBe("1 minutt igjen");
    await pass(25_000);
    expect(ring.getAttribute("aria-label")).toBe("30 sekunder igjen");
    await pass(40_000);
    expect(ring.getAttribute("aria-label")).toBe("Tokenet er utløpt");
  });

  test("the countdown begins at the token's own time, however long the page has stood", async () => {
    const { user } = await openToken({ requestToken: async () => makeToken(114) });
    await theButton();
    await pass(300_000);
    await user.click(await theButton());
    expect((await screen.findByTestId("token-countdown")).getAttribute("aria-label")).toMatch(/^1 minutt og 5[34] sekunder igjen$/);
  });

  test("a time is told in UTC too, to those who come by keyboard", async () => {
    const { user } = await openToken();
    await user.click(await theButton());
    const times = within(await screen.findByTestId("claims")).getAllByText(/i dag/);
    expect(times[0]?.getAttribute("data-tooltip")).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
    expect(times[0]?.tabIndex).toBe(0);
  });

  test("it is still there after a visit elsewhere", async () => {
    const { user } = await openToken();
    await user.click(await theButton());
    await screen.findByTestId("token-result");
    await user.click(screen.getByRole("link", { name: "Sertifikater" }));
    await screen.findByRole("heading", { level: 1, name: "Sertifikater og nøkler" });
    await user.click(screen.getByRole("link", { name: "Hent token" }));
    expect(await screen.findByTestId("token-result")).toBeTruthy();
  });

  test("«Bruk det» holds the token only when the switch is on", async () => {
    const { user } = await openToken();
    await user.click(await theButton());
    await user.click(await screen.findByTestId("use-token"));
    expect(document.activeElement).toBe(screen.getByRole("tab", { name: "Bruk det", selected: true }));
    const text = await screen.findByTestId("use-text");
    expect(text.textContent).toContain("$TOKEN");
    await user.click(screen.getByRole("switch", { name: "Ta med tokenet i teksten" }));
    expect((await screen.findByTestId("use-text")).textContent).toContain(TOKEN_TEXT);
    await user.click(screen.getByRole("switch", { name: "Ta med tokenet i teksten" }));
    expect(document.body.innerHTML).not.toContain(TOKEN_TEXT);
  });

  test("step 7 is marked under «Bruk det»", async () => {
    const { user, bridge } = await openToken();
    await user.click(await theButton());
    await user.click(await screen.findByTestId("use-token"));
    await user.click(screen.getByRole("checkbox", { name: "Prøvd i eget system" }));
    expect(bridge.calls.find(({ name }) => name === "changeProfile")?.args).toEqual(["profile-1", { tried_elsewhere: true }]);
    expect(await screen.findByRole("checkbox", { name: "Prøvd i eget system", checked: true })).toBeTruthy();
  });
});

test("a new try is told, and can be cancelled", async () => {
  const { user, bridge } = await openToken({ requestToken: () => new Promise(() => undefined) });
  await user.click(await theButton());
  await act(async () => bridge.tryAgain(2, 3));
  expect(screen.getByText("Prøver igjen (2 av 3)")).toBeTruthy();
  await user.click(screen.getByTestId("cancel-request"));
  expect(bridge.calls.some(({ name }) => name === "cancelRequest")).toBe(true);
});

describe("a refusal", () => {
  const refused = { requestToken: () => Promise.reject(refusal) };

  test("the focus goes to its heading; code, status and Maskinporten's own words are there", async () => {
    const { user } = await openToken(refused);
    await user.click(await theButton());
    const heading = await screen.findByRole("heading", { name: "Forespørselen kom for sent" });
    expect(heading).toBe(document.activeElement);
    expect(screen.getByTestId("error-code").textContent).toBe("MP-130");
    expect(screen.getByTestId("error-panel").textContent).toContain("HTTP 400");
    expect(screen.getByTestId("raw-answer").textContent).toContain('{"error":"invalid_grant"}');
  });

  test("the third time it says that more tries hardly help", async () => {
    const { user } = await openToken(refused);
    await user.click(await theButton());
    const often = "Det hjelper neppe å prøve flere ganger.";
    await user.click(await screen.findByRole("button", { name: "Prøv igjen" }));
    expect(screen.queryByText(often)).toBeNull();
    await user.click(await screen.findByRole("button", { name: "Prøv igjen" }));
    expect(await screen.findByText(often)).toBeTruthy();
  });

  test("the reason that was checked is told, with its source and a way to paste another error", async () => {
    const checked = { ...refusal, code: "mp_122", params: { known: "owner", org: "313045285", owner: "991825827" } };
    const { user } = await openToken({ requestToken: () => Promise.reject(checked) });
    await user.click(await theButton());
    const panel = await screen.findByTestId("error-panel");
    expect(panel.textContent?.replace(/\u00a0/g, " ")).toContain("utstedt til 313 045 285, men klienten eies av 991 825 827");
    expect(screen.getByTestId("error-source").textContent).toContain("Feilsøking");
    expect(screen.getByTestId("error-who").textContent).toBe("Digdir kan hjelpe deg på servicedesk@digdir.no.");
    await user.click(screen.getByRole("link", { name: "Lim inn en annen feil" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Lim inn en feil" })).toBeTruthy();
  });

  test("a server that asks for a wait gets a countdown", async () => {
    const busy = { code: "server_busy", params: { seconds: "42" }, detail: null };
    const { user } = await openToken({ requestToken: () => Promise.reject(busy) });
    await user.click(await theButton());
    expect((await screen.findByTestId("error-wait")).textContent).toMatch(/^Du kan prøve igjen om 4[0-2] sekunder$/);
  });

  test("how wrong the clock is, is not told as a time to wait", async () => {
    const { user } = await openToken({ requestToken: () => Promise.reject(failure("clock_wrong", { seconds: "42" })) });
    await user.click(await theButton());
    await screen.findByTestId("error-panel");
    expect(screen.queryByTestId("error-wait")).toBeNull();
  });

  test("a new failure has its own time, and its own time to wait", async () => {
    vi.setSystemTime(new Date(2026, 10, 20, 12, 0, 0));
    const busy = (seconds: string) => failure("server_busy", { seconds });
    const { user } = await openToken({ requestToken: vi.fn().mockRejectedValueOnce(busy("5")).mockRejectedValueOnce(busy("90")) });
    await user.click(await theButton());
    expect((await screen.findByTestId("error-panel")).textContent).toContain("kl. 12.00.0");
    await pass(60_000);
    expect(screen.queryByTestId("error-wait")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Prøv igjen" }));
    await waitFor(() => expect(screen.getByTestId("error-panel").textContent).toContain("kl. 12.01.0"));
    expect(screen.getByTestId("error-wait").textContent).toMatch(/om (8\d|90) sekunder$/);
  });

  test("the letter tells of the scope that was asked for, whatever is typed afterwards", async () => {
    const mp250 = { ...refusal, code: "mp_250", detail: refusal.detail && { ...refusal.detail, mp_code: "MP-250" } };
    const { user } = await openToken({ requestToken: () => Promise.reject(mp250) });
    await user.click(await theButton());
    await screen.findByTestId("error-panel");
    await user.type(screen.getByLabelText("Scope"), " brreg:losore/tlg");
    const letter = within(screen.getByTestId("mail-draft")).getByRole<HTMLTextAreaElement>("textbox");
    expect(letter.value).toContain("\nScope: brreg:reelle/rapporteringspliktig\n");
  });

  test("the letter to Altinn names customer and supplier", async () => {
    const mp251 = { ...refusal, code: "mp_251", detail: refusal.detail && { ...refusal.detail, mp_code: "MP-251" } };
    const { user } = await openToken({ requestToken: () => Promise.reject(mp251) }, { ...ready, consumer_org: "310886424" });
    await user.click(await theButton());
    const letter = within(await screen.findByTestId("mail-draft")).getByRole<HTMLTextAreaElement>("textbox");
    expect(letter.value.replace(/\u00a0/g, " ")).toContain(
      "Delegeringen av brreg:reelle/rapporteringspliktig fra 310 886 424 til GRANITT SPAREBANK, 313 045 285 slår ikke gjennom",
    );
  });

  test("the panel stays until the new answer comes", async () => {
    let answer: (token: ReturnType<typeof makeToken>) => void = () => undefined;
    const requestToken = vi
      .fn()
      .mockRejectedValueOnce(refusal)
      .mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    const { user } = await openToken({ requestToken });
    await user.click(await theButton());
    await user.click(await screen.findByRole("button", { name: "Prøv igjen" }));
    expect(screen.getByTestId("error-panel")).toBeTruthy();
    await act(async () => answer(makeToken(120)));
    expect(screen.queryByTestId("error-panel")).toBeNull();
    expect(screen.getByTestId("token-result")).toBeTruthy();
  });

  test("the letter goes to the one who can help, with the facts and without secrets", async () => {
    const mp250 = { ...refusal, code: "mp_250", detail: refusal.detail && { ...refusal.detail, mp_code: "MP-250" } };
    const { user } = await openToken({ requestToken: () => Promise.reject(mp250) });
    await user.click(await theButton());
    const letter = within(await screen.findByTestId("mail-draft")).getByRole<HTMLTextAreaElement>("textbox");
    expect(letter.value).toContain("Til: opendata@brreg.no");
    expect(letter.value).toContain(`Klient-ID (client_id): ${ready.client_id}`);
    expect(letter.value).toContain("Virksomhet: GRANITT SPAREBANK, 313\u00a0045\u00a0285");
    expect(letter.value).toContain("Sporings-ID: 6f1c");
    await user.click(screen.getByRole("radio", { name: "Digdir" }));
    expect(within(screen.getByTestId("mail-draft")).getByRole<HTMLTextAreaElement>("textbox").value).toContain("Til: servicedesk@digdir.no");
  });

  test("what never reached Maskinporten is not told as its answer", async () => {
    const { user } = await openToken({ requestToken: () => Promise.reject(failure("network_unreachable", { host: "test.maskinporten.no" })) });
    await user.click(await theButton());
    expect(await screen.findByRole("heading", { name: "Vi kom ikke frem til Maskinporten" })).toBeTruthy();
    expect(screen.getByText("Vi fikk ikke noe token. Her er grunnen, og hva du kan gjøre.")).toBeTruthy();
    expect(screen.queryByTestId("raw-answer")).toBeNull();
  });
});
