import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { failure, makeProfile } from "../../bridge/fake";
import { underWay } from "../../bridge/fixtures/samples";
import { open } from "../../test/render";

const api = { path: "/oppsett/api", mode: "step" } as const;
const begun = { profiles: [makeProfile({ name: "Nytt oppsett" })] };
const change = { name: "changeProfile" };
const save = () => screen.getByRole("button", { name: "Lagre og fortsett" });

test("nothing chosen is said, and the focus goes to the first card", async () => {
  const { user, bridge } = await open(api, begun);
  await user.click(save());
  expect(screen.getByText("Velg et API")).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByRole("radio", { name: "Reelle rettighetshavere" }));
  expect(bridge.calls).not.toContainEqual(expect.objectContaining(change));
});

test("a card brings its facts and its preselected scope, and saving leads to the environment", async () => {
  const { user, bridge } = await open(api, begun);
  await user.click(screen.getByRole("radio", { name: "Reelle rettighetshavere" }));
  const facts = screen.getByTestId("facts");
  expect(within(facts).getByRole<HTMLInputElement>("radio", { name: /Banker og andre/ }).checked).toBe(true);
  expect(within(facts).getByText("Ja, i Altinn")).toBeTruthy();
  await user.click(save());
  expect(await screen.findByRole("heading", { level: 1, name: "Hvilket miljø skal du bruke?" })).toBeTruthy();
  expect(bridge.calls.find(({ name }) => name === "changeProfile")?.args).toEqual([
    "profile-1",
    {
      name: "Reelle rettighetshavere",
      service: "reelle-rettighetshavere",
      scopes: ["brreg:reelle/rapporteringspliktig"],
      resource: [],
      api_address: null,
    },
  ]);
});

test("several scopes bring Digdir's advice", async () => {
  const { user } = await open(api, begun);
  await user.click(screen.getByRole("radio", { name: "Altinn for tjenesteeiere" }));
  expect(screen.getByText(/Digdir anbefaler ett scope per token/)).toBeTruthy();
  await user.click(screen.getByRole("checkbox", { name: /Oppdatere skjemaer/ }));
  expect(screen.queryByText(/Digdir anbefaler ett scope per token/)).toBeNull();
});

test.each([
  ["", "Lim inn et scope, for eksempel brreg:losore/tlg"],
  ["brreg", "Scopet skal inneholde kolon, og ikke mellomrom"],
  ["brreg:losore tlg", "Scopet skal inneholde kolon, og ikke mellomrom"],
])("another API with scope «%s» is not saved: %s", async (scope, message) => {
  const { user, bridge } = await open(api, begun);
  await user.click(screen.getByRole("radio", { name: "Et annet API" }));
  const field = screen.getByRole("textbox", { name: "Scope" });
  if (scope) await user.type(field, scope);
  await user.click(save());
  expect(await screen.findByText(message)).toBeTruthy();
  expect(document.activeElement).toBe(field);
  expect(bridge.calls).not.toContainEqual(expect.objectContaining(change));
});

test("another API may have several scopes and several recipients", async () => {
  const { user, bridge } = await open(api, begun);
  await user.click(screen.getByRole("radio", { name: "Et annet API" }));
  await user.type(screen.getByRole("textbox", { name: "Scope" }), " bank:konto  bank:kort ");
  await user.type(screen.getByRole("textbox", { name: /Mottaker/ }), "https://a.example https://b.example");
  expect(screen.getByTestId("several")).toBeTruthy();
  await user.click(save());
  await waitFor(() => expect(bridge.calls).toContainEqual(expect.objectContaining(change)));
  expect(bridge.calls.find(({ name }) => name === "changeProfile")?.args[1]).toMatchObject({
    name: "bank:konto bank:kort",
    scopes: ["bank:konto", "bank:kort"],
    resource: ["https://a.example", "https://b.example"],
  });
});

test("an e-mail that could not be opened is told of", async () => {
  const { user } = await open(api, { profiles: [underWay] }, { openMail: () => Promise.reject(failure("mail_unopened")) });
  await user.click(screen.getByRole("link", { name: "opendata@brreg.no" }));
  expect(await screen.findByTestId("failure")).toBeTruthy();
});

test("with two errors a summary takes the focus and links to the fields", async () => {
  const { user } = await open(api, begun);
  await user.click(screen.getByRole("radio", { name: "Et annet API" }));
  await user.type(screen.getByRole("textbox", { name: /Adresse/ }), "http://example.org");
  await user.click(save());
  const summary = (await screen.findByRole("heading", { name: "Rett dette før du går videre" })).parentElement;
  expect(document.activeElement).toBe(summary);
  await user.click(screen.getByRole("link", { name: "Adressen skal begynne med https://" }));
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: /Adresse/ }));
});

test("a name the user gave is kept when the API changes", async () => {
  const { user, bridge } = await open(api, { profiles: [{ ...underWay, name: "Kundekontroll" }] });
  await user.click(screen.getByRole("radio", { name: "Løsøreregisteret" }));
  await user.click(save());
  await waitFor(() => expect(bridge.calls).toContainEqual(expect.objectContaining(change)));
  expect(bridge.calls.find(({ name }) => name === "changeProfile")?.args[1]).toMatchObject({ name: "Kundekontroll", scopes: ["brreg:losore/tlg"] });
});
