import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Bridge } from "../../bridge/bridge";
import { failure } from "../../bridge/fake";
import { practiceIdentity, productionIdentity, testIdentity } from "../../bridge/fixtures/identities";
import { inProduction, ready } from "../../bridge/fixtures/samples";
import { makeToken, pasted, TOKEN_TEXT } from "../../bridge/fixtures/tokens";
import type { Profile } from "../../bridge/wire";
import { open } from "../../test/render";

const identities = [testIdentity, productionIdentity, practiceIdentity];

async function openResult(answers: Partial<Bridge> = {}, profile: Profile = ready) {
  const seed = { profiles: [profile], identities, start: { production_confirmed: true } };
  const opened = await open({ path: "/token" }, seed, { requestToken: async () => makeToken(112), revealToken: async () => TOKEN_TEXT, ...answers });
  await opened.user.click(await screen.findByTestId("token-button"));
  await screen.findByTestId("token-result");
  return opened;
}

test("a token says in one sentence who may do what, where, and for how long", async () => {
  await openResult();
  const said = screen.getByTestId("token-says").textContent ?? "";
  expect(said).toMatch(/^Gir GRANITT SPAREBANK \(313\s045\s285\) lov til å bruke brreg:reelle\/rapporteringspliktig i Test i 1\smin\s5\d\ss\./);
});

test("what was asked for and did not come is said", async () => {
  const differs = [
    { name: "scope", asked: "a:b c:d", received: "a:b" },
    { name: "consumer", asked: "310886424", received: "313045285" },
    { name: "resource", asked: "https://bank.example/", received: "" },
    { name: "pid", asked: "", received: "" },
    { name: "authorization_details", asked: "urn:altinn:systemuser 310886424", received: "" },
  ];
  await openResult({ requestToken: async () => makeToken(112, { differs }) });
  const said = within(screen.getByTestId("token-differs"));
  expect(said.getByText("Du ba om scopet a:b c:d, og fikk a:b.")).toBeTruthy();
  expect(said.getByText(/Du ba om et token for 310\s886\s424, og fikk et for 313\s045\s285\./)).toBeTruthy();
  expect(said.getByText("Du ba om mottakeren https://bank.example/, og fikk ingenting.")).toBeTruthy();
  expect(said.getByText("Du ba om et token for en bestemt person, men tokenet gjelder ikke den personen.")).toBeTruthy();
  expect(said.getByText(/^Du ba om urn:altinn:systemuser 310.?886.?424, og fikk ingenting\.$/)).toBeTruthy();
});

test("once hidden, «Vis hele» does not put the token back into what is copied", async () => {
  const { user } = await openResult();
  await user.click(screen.getByRole("tab", { name: "Bruk det" }));
  await user.click(screen.getByRole("switch", { name: "Ta med tokenet i teksten" }));
  expect(screen.getByTestId("use-text").textContent).toContain(TOKEN_TEXT);
  await user.click(screen.getByRole("button", { name: "Skjul" }));
  await user.click(screen.getByRole("button", { name: "Vis hele" }));
  expect(await screen.findByTestId("token-text")).toBeTruthy();
  expect(screen.getByTestId("use-text").textContent).not.toContain(TOKEN_TEXT);
});

test("a tick that could not be kept is told of", async () => {
  const { user } = await openResult({ changeProfile: () => Promise.reject(failure("profiles_unwritable")) });
  await user.click(screen.getByRole("tab", { name: "Bruk det" }));
  await user.click(screen.getByTestId("tried-elsewhere"));
  expect(await screen.findByTestId("failure")).toBeTruthy();
});

test("a token that the program still holds is shown without asking", async () => {
  const { bridge } = await open({ path: "/token" }, { profiles: [ready], identities }, { currentToken: async () => makeToken(60) });
  expect(await screen.findByRole("heading", { name: "Du har fått et token" })).toBeTruthy();
  expect(bridge.calls.some(({ name }) => name === "requestToken")).toBe(false);
});

test.each([
  { form: "Postman", part: `"value": "${TOKEN_TEXT}"`, place: "$TOKEN" },
  { form: "Bruno", part: `token: ${TOKEN_TEXT}`, place: "{{process.env.TOKEN}}" },
  { form: "Java", part: `String token = "${TOKEN_TEXT}";`, place: 'System.getenv("TOKEN")' },
])("$form has the token only when that is asked for", async ({ form, part, place }) => {
  const { user } = await openResult();
  await user.click(screen.getByRole("tab", { name: "Bruk det" }));
  await user.click(screen.getByRole("radio", { name: form }));
  const text = () => screen.getByTestId("use-text").textContent ?? "";
  expect(text()).toContain(place);
  expect(text()).not.toContain(TOKEN_TEXT);
  await user.click(screen.getByRole("switch", { name: "Ta med tokenet i teksten" }));
  expect(text()).toContain(part);
  expect(text()).not.toContain(place);
});

test("a file is saved by the program, with or without the token as shown", async () => {
  const { user, bridge } = await openResult();
  await user.click(screen.getByRole("tab", { name: "Bruk det" }));
  await user.click(screen.getByRole("radio", { name: "Postman" }));
  await user.click(screen.getByRole("button", { name: "Lagre som fil …" }));
  expect(await screen.findByText("Lagret som maskinporten-test.postman_environment.json")).toBeTruthy();
  await user.click(screen.getByRole("switch", { name: "Ta med tokenet i teksten" }));
  await user.click(screen.getByRole("button", { name: "Lagre som fil …" }));
  const saved = bridge.calls.filter(({ name }) => name === "saveUse").map(({ args }) => args.slice(2));
  expect(saved).toEqual([
    ["postman", false],
    ["postman", true],
  ]);
});

test("production asks once before the token is in a text", async () => {
  const { user } = await openResult({}, { ...inProduction, identity: "identity-prod" });
  await user.click(screen.getByRole("tab", { name: "Bruk det" }));
  const include = () => screen.getByRole("switch", { name: "Ta med tokenet i teksten" });
  await user.click(include());
  await user.click(screen.getByRole("button", { name: "Ta med tokenet" }));
  expect(screen.getByTestId("use-text").textContent).toContain(TOKEN_TEXT);
  await user.click(include());
  await user.click(include());
  expect(screen.queryByTestId("include-token-dialog")).toBeNull();
  expect(screen.getByTestId("use-text").textContent).toContain(TOKEN_TEXT);
});

test("the address for test tools is off until turned on, is shown on every page, and can be stopped there", async () => {
  const { user, bridge } = await openResult();
  expect(screen.queryByRole("region", { name: "Adresse for testverktøy" })).toBeNull();
  await user.click(screen.getByRole("tab", { name: "Bruk det" }));
  screen.getByTestId("serve-panel").toggleAttribute("open", true);
  await user.click(screen.getByTestId("serve-start"));
  expect(screen.getByTestId("serve-url").textContent).toContain("http://127.0.0.1:");
  await user.click(screen.getByRole("link", { name: "Innstillinger" }));
  const line = screen.getByRole("region", { name: "Adresse for testverktøy" });
  expect(line.textContent).toContain("Testverktøy på denne maskinen kan hente token for Reelle rettighetshavere.");
  await user.click(within(line).getByRole("button", { name: "Slå av" }));
  expect(bridge.calls.some(({ name }) => name === "stopServing")).toBe(true);
  expect(screen.queryByTestId("serving-line")).toBeNull();
});

test("the address for test tools is asked about in production", async () => {
  const { user, bridge } = await openResult({}, { ...inProduction, identity: "identity-prod" });
  await user.click(screen.getByRole("tab", { name: "Bruk det" }));
  screen.getByTestId("serve-panel").toggleAttribute("open", true);
  await user.click(screen.getByTestId("serve-start"));
  const dialog = await screen.findByRole("dialog", { name: "Vil du slå på adressen i produksjon?" });
  expect(bridge.calls.some(({ name }) => name === "startServing")).toBe(false);
  await user.click(within(dialog).getByRole("button", { name: "Slå på i produksjon" }));
  expect(await screen.findByTestId("serve-url")).toBeTruthy();
});

test("a page that is loaded anew shows an address that is on", async () => {
  await open({ path: "/" }, { profiles: [ready] }, { servedEndpoint: async () => ({ profile: ready.id, url: "http://127.0.0.1:1/x/token" }) });
  expect(await screen.findByTestId("serving-line")).toBeTruthy();
});

test.each([
  ["verified", "Signaturen er kontrollert mot Maskinportens nøkler"],
  ["wrong", "Signaturen stemmer ikke. Tokenet er endret, eller utstedt av noen andre."],
  ["unknown_issuer", "Vi kunne ikke kontrollere signaturen. Tokenet er ikke utstedt av Maskinporten."],
] as const)("a pasted token, signature %s, is read and the field emptied", async (signature, said) => {
  const { user } = await openResult({ readPastedToken: async () => pasted(signature) });
  await user.click(screen.getByRole("tab", { name: "Rådata" }));
  const field = screen.getByLabelText<HTMLTextAreaElement>("Token");
  await user.click(field);
  await user.paste(TOKEN_TEXT);
  await user.click(screen.getByRole("button", { name: "Les tokenet" }));
  const result = within(await screen.findByTestId("pasted-token"));
  expect(result.getByText(said)).toBeTruthy();
  expect(result.getByText(/^Utløpt /)).toBeTruthy();
  expect(field.value).toBe("");
});

test("a text without a token is told as such", async () => {
  const { user } = await openResult({ readPastedToken: () => Promise.reject(failure("pasted_no_token")) });
  await user.click(screen.getByRole("tab", { name: "Rådata" }));
  await user.type(screen.getByLabelText("Token"), "MP-200");
  await user.click(screen.getByRole("button", { name: "Les tokenet" }));
  expect((await screen.findByRole("alert")).textContent).toContain("Vi fant ikke noe token i teksten");
});
