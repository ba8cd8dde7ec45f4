import { act, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Bridge } from "../../bridge/bridge";
import { failure } from "../../bridge/fake";
import { misspelt, ownerDiffers, severalScopes } from "../../bridge/fixtures/foreseen";
import { productionIdentity, testIdentity } from "../../bridge/fixtures/identities";
import { inProduction, ready } from "../../bridge/fixtures/samples";
import { makeToken, preview } from "../../bridge/fixtures/tokens";
import type { Foresight, Profile } from "../../bridge/wire";
import { open } from "../../test/render";

const production: Profile = { ...inProduction, identity: "identity-prod" };

const openWith = (foresights: Foresight[], profile: Profile = ready, answers: Partial<Bridge> = {}) =>
  open(
    { path: "/token" },
    { profiles: [profile], identities: [testIdentity, productionIdentity], start: { production_confirmed: true } },
    { foresee: async () => foresights, requestToken: async () => makeToken(120), previewGrant: async () => preview(), ...answers },
  );

const asked = (bridge: { calls: { name: string; args: unknown[] }[] }) => bridge.calls.filter(({ name }) => name === "requestToken").map(({ args }) => args[1]);

test("what is foreseen is listed before the button: what would come, the one thing to change, and the source", async () => {
  const { user } = await openWith([ownerDiffers, severalScopes]);
  const list = await screen.findByRole("region", { name: "Dette ser vi før noe er sendt" });
  expect(list.compareDocumentPosition(screen.getByTestId("token-button")) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  const [stop, note] = within(list).getAllByRole("listitem");
  if (!stop || !note) throw new Error("two rows");
  expect(within(stop).getByText("Maskinporten kommer til å avvise sertifikatet")).toBeTruthy();
  expect(stop.textContent).toContain("310\u00a0886\u00a0424");
  expect(stop.textContent).toContain("Maskinporten ville ha svart MP-122.");
  expect(stop.textContent).toContain("Kilde: Digdir, Feilsøking for Maskinporten.");
  expect(within(note).getByText("Digdir anbefaler ett scope per token")).toBeTruthy();
  await user.click(within(stop).getByRole("link", { name: "Gå til sertifikatene" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Sertifikater og nøkler" })).toBeTruthy();
});

test("a foresight about a field opens the panel and leads to the field", async () => {
  const { user } = await openWith([severalScopes]);
  await user.click(await screen.findByRole("button", { name: "Rett scopet" }));
  expect(document.activeElement).toBe(screen.getByTestId("tune-scopes"));
  expect(screen.getByTestId("tune").hasAttribute("open")).toBe(true);
});

test("a scope that is misspelt is mended with a press, and kept with another", async () => {
  const profile = { ...ready, scopes: ["brreg:losore/tlg", "brreg:reelle/raporteringspliktig"] };
  const { user, bridge } = await openWith([misspelt], profile);
  await user.click(await screen.findByRole("button", { name: "Rett scopet" }));
  const field = screen.getByTestId<HTMLInputElement>("tune-scopes");
  expect(field.value).toBe("brreg:losore/tlg brreg:reelle/rapporteringspliktig");
  expect(document.activeElement).toBe(field);
  await user.click(screen.getByRole("button", { name: "Lagre i oppsettet" }));
  expect(await screen.findByText("Lagret i oppsettet.")).toBe(document.activeElement);
  expect(screen.queryByRole("button", { name: "Lagre i oppsettet" })).toBeNull();
  const changes = bridge.calls.filter(({ name }) => name === "changeProfile").map(({ args }) => args[1]);
  expect(changes).toEqual([{ scopes: ["brreg:losore/tlg", "brreg:reelle/rapporteringspliktig"] }]);
});

test("advice alone is not asked about", async () => {
  const { user, bridge } = await openWith([severalScopes]);
  await user.click(await screen.findByTestId("token-button"));
  await screen.findByTestId("token-result");
  expect(asked(bridge)).toEqual([{}]);
});

test("a warning is asked about once, and then sent when the user wants it", async () => {
  const { user, bridge } = await openWith([misspelt]);
  await user.click(await screen.findByTestId("token-button"));
  const dialog = await screen.findByRole("dialog", { name: "Vil du sende forespørselen likevel?" });
  expect(dialog.textContent).toContain("Scopet er trolig skrevet feil");
  await user.click(within(dialog).getByRole("button", { name: "Avbryt" }));
  expect(asked(bridge)).toEqual([]);

  await user.click(screen.getByTestId("token-button"));
  await user.click(await screen.findByRole("button", { name: "Send likevel" }));
  await screen.findByTestId("token-result");
  expect(asked(bridge)).toEqual([{ anyway: true }]);

  await user.click(screen.getByRole("button", { name: "Hent nytt" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(asked(bridge)).toHaveLength(2);
});

test("after a refusal the same request is sent again at once, and another is looked at anew", async () => {
  const refused = { requestToken: () => Promise.reject(failure("mp_200", { scope: "a:b" })) };
  const { user, bridge } = await openWith([misspelt], ready, refused);
  await user.click(await screen.findByTestId("token-button"));
  await user.click(await screen.findByRole("button", { name: "Send likevel" }));
  const again = await screen.findByRole("button", { name: "Prøv igjen" });
  expect(screen.queryByTestId("foresights")).toBeNull();
  await user.click(again);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(asked(bridge)).toHaveLength(2);

  const other: Foresight = { ...misspelt, params: { ...misspelt.params, scope: "brreg:losore/tgl" } };
  bridge.foresee = async () => [other];
  await user.type(screen.getByLabelText("Scope"), " brreg:losore/tgl");
  expect(await screen.findByTestId("foresights")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Prøv igjen" }));
  expect(await screen.findByRole("dialog", { name: "Vil du sende forespørselen likevel?" })).toBeTruthy();
  expect(asked(bridge)).toHaveLength(2);
});

test("production asks twice, every time", async () => {
  const { user, bridge } = await openWith([ownerDiffers], production);
  for (const times of [1, 2]) {
    await user.click(await screen.findByRole("button", { name: times === 1 ? "Hent token i produksjon" : "Hent nytt" }));
    const first = await screen.findByTestId("send-anyway");
    const safe = within(first).getByRole("button", { name: "Avbryt" });
    expect(safe).toBe(document.activeElement);
    await user.click(within(first).getByRole("button", { name: "Send likevel" }));
    const second = await screen.findByRole("dialog", { name: "Er du sikker? Dette er produksjon" });
    expect(asked(bridge)).toHaveLength(times - 1);
    await user.click(within(second).getByRole("button", { name: "Send i produksjon" }));
    await screen.findByTestId("token-result");
    expect(asked(bridge)).toHaveLength(times);
  }
});

test("what is typed under «Avansert» is sent, and nothing else", async () => {
  const { user, bridge } = await openWith([]);
  await user.type(await screen.findByLabelText(/^Person/), "11913049987");
  await user.selectOptions(screen.getByLabelText("Systembruker eller samtykke"), "Systembruker");
  await user.type(screen.getByLabelText(/^Eier av systembrukeren/), "310 886 424");
  await user.type(screen.getByLabelText(/^Referanse/), "kunde-1");
  await user.selectOptions(screen.getByLabelText("Algoritme"), "RS512");
  await user.click(screen.getByRole("checkbox", { name: /Send hele kjeden/ }));
  await user.click(screen.getByTestId("token-button"));
  await screen.findByTestId("token-result");
  expect(asked(bridge)).toEqual([
    {
      pid: "11913049987",
      detail: { type: "system_user", org: "310886424", external_ref: "kunde-1" },
      algorithm: "RS512",
      chain: true,
    },
  ]);
});

test("a system user is kept in the oppsett, and left out for once", async () => {
  const { user, bridge } = await openWith([]);
  await user.selectOptions(await screen.findByLabelText("Systembruker eller samtykke"), "Systembruker");
  await user.type(screen.getByLabelText(/^Eier av systembrukeren/), "310 886 424");
  await user.type(screen.getByLabelText(/^Referanse/), "kunde-1");
  await user.click(screen.getByRole("button", { name: "Lagre i oppsettet" }));
  await screen.findByText("Lagret i oppsettet.");
  const changes = bridge.calls.filter(({ name }) => name === "changeProfile").map(({ args }) => args[1]);
  expect(changes).toEqual([{ system_user: { org: "310886424", external_ref: "kunde-1" } }]);
  await user.click(screen.getByTestId("token-button"));
  await screen.findByTestId("token-result");
  await user.selectOptions(screen.getByLabelText("Systembruker eller samtykke"), "Ingen av delene");
  await user.click(screen.getByRole("button", { name: "Hent nytt" }));
  expect(asked(bridge)).toEqual([{}, { detail: { type: "none" } }]);
});

test.each([
  { field: /^Person/, typed: "11913049986", said: "Sjekk sifrene. Dette er ikke et fødselsnummer eller d-nummer." },
  { field: /^Mottaker/, typed: "https://a.example/#b", said: "Maskinporten godtar ikke tegnet # i mottakeren. Fjern det og det som kommer etter." },
  { field: /^Mottaker/, typed: "a.example", said: "Mottakeren skal være en hel adresse, for eksempel https://api.eksempel.no/" },
])("$typed is said at its field and not sent", async ({ field, typed, said }) => {
  const { user, bridge } = await openWith([]);
  await user.type(await screen.findByLabelText(field), typed);
  await user.click(screen.getByTestId("token-button"));
  expect(screen.getByText(said)).toBeTruthy();
  expect(asked(bridge)).toEqual([]);
});

test("a fault that is folded away is shown when the button is pressed", async () => {
  const { user, bridge } = await openWith([]);
  await user.selectOptions(screen.getByLabelText("Systembruker eller samtykke"), "Samtykke");
  screen.getByTestId("tune").removeAttribute("open");
  screen.getByTestId("advanced").removeAttribute("open");
  await user.click(screen.getByTestId("token-button"));
  const field = screen.getByTestId("tune-consent-id");
  expect(document.activeElement).toBe(field);
  expect(field.getAttribute("aria-invalid")).toBe("true");
  for (const panel of ["tune", "advanced"]) expect(screen.getByTestId(panel).hasAttribute("open")).toBe(true);
  expect(asked(bridge)).toEqual([]);
});

test("a fault that came with the oppsett is foreseen, since its field is folded away", async () => {
  const unreadable: Foresight = { ...misspelt, code: "scope_malformed", gravity: "stop", params: { scope: "brreg" } };
  const { bridge } = await openWith([unreadable], { ...ready, scopes: ["brreg"] });
  expect(await screen.findByTestId("foresight-scope_malformed")).toBeTruthy();
  expect(bridge.calls.some(({ name }) => name === "foresee")).toBe(true);
});

test("the request is shown decoded before it is sent, and gone when it would be another", async () => {
  const { user, bridge } = await openWith([]);
  await user.click(await screen.findByRole("button", { name: "Se forespørselen før den sendes" }));
  expect((await screen.findByRole("region", { name: "Innholdet, slik det blir" })).textContent).toContain('"iss": "2b45e138');
  expect(asked(bridge)).toEqual([]);
  await user.type(screen.getByLabelText("Scope"), " a:b");
  await act(async () => undefined);
  expect(screen.queryByRole("region", { name: "Innholdet, slik det blir" })).toBeNull();
});

test("a clock that was corrected is told with the refusal too", async () => {
  const refused = failure("mp_200", { clock_offset_s: "43" });
  const { user } = await openWith([], ready, { requestToken: () => Promise.reject(refused) });
  await user.click(await screen.findByTestId("token-button"));
  expect((await screen.findByTestId("clock-notice")).textContent).toContain("Klokken på maskinen går 43 s feil");
});

test("a clock that was corrected is told with the token", async () => {
  const clock = { offset_s: -43, doubt_s: 1 };
  const { user } = await openWith([], ready, { requestToken: async () => makeToken(120, { clock }) });
  await user.click(await screen.findByTestId("token-button"));
  expect((await screen.findByTestId("clock-notice")).textContent).toContain("Klokken på maskinen går 43 s feil");
});
