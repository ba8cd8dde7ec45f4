import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Bridge } from "../../bridge/bridge";
import { failure } from "../../bridge/fake";
import { inPractice, inProduction, ready, underWay } from "../../bridge/fixtures/samples";
import { open } from "../../test/render";

const named = { ...underWay, name: "Til test" };

const openSetups = (answers: Partial<Bridge> = {}) =>
  open({ path: "/oppsett" }, { profiles: [named, { ...inPractice, name: "Til øving" }, { ...inProduction, name: "Ekte" }] }, answers);

async function choose(user: Awaited<ReturnType<typeof open>>["user"], name: string, item: string) {
  await user.click(await screen.findByRole("button", { name: `Mer for ${name}` }));
  const row = screen.getByRole("button", { name: `Mer for ${name}` }).closest("li") as HTMLElement;
  await user.click(within(row).getByRole("button", { name: item, hidden: true }));
}

test("every oppsett is listed with its environment, and the active one is marked", async () => {
  await openSetups();
  const rows = within(await screen.findByTestId("setups")).getAllByRole("listitem").filter(({ className }) => className === "app-setups-row");
  expect(rows).toHaveLength(3);
  expect(rows[0]?.textContent).toContain("Til testTestDu arbeider med dette");
  expect(rows[0]?.getAttribute("aria-current")).toBe("true");
  expect(rows[2]?.textContent).toContain("Produksjon");
});

test("switching keeps the page, and production asks first", async () => {
  const { user, bridge } = await openSetups();
  await user.click(await screen.findByRole("button", { name: "Bytt til Til øving (Øvelse)" }));
  await waitFor(() => expect(bridge.calls.some(({ name, args }) => name === "activateProfile" && args[0] === "profile-practice")).toBe(true));
  expect(await screen.findByRole("heading", { level: 1, name: "Alle oppsett" })).toBeTruthy();
  await user.click(await screen.findByRole("button", { name: "Bytt til Ekte (Produksjon)" }));
  expect(await screen.findByRole("heading", { name: "Du går nå til produksjon" })).toBeTruthy();
  expect(bridge.calls.some(({ name, args }) => name === "activateProfile" && args[0] === "profile-prod")).toBe(false);
});

test("staying where one is does not open «Hent for alle»", async () => {
  const { user } = await openSetups();
  await choose(user, "Ekte (Produksjon)", "Hent for alle kunder …");
  await user.click(await screen.findByTestId("production-stay"));
  expect(await screen.findByRole("heading", { level: 1, name: "Alle oppsett" })).toBeTruthy();
});

test.each([
  { typed: " ", said: "Skriv et navn" },
  { typed: "Ekte", said: "Et annet oppsett har dette navnet" },
])("the name «$typed» is refused at the field", async ({ typed, said }) => {
  const { user, bridge } = await openSetups();
  await choose(user, "Til test (Test)", "Gi nytt navn …");
  const field = await screen.findByLabelText(/^Navn/);
  await user.clear(field);
  await user.type(field, typed);
  await user.click(screen.getByRole("button", { name: "Lagre navnet" }));
  expect(await screen.findByText(said)).toBeTruthy();
  expect(document.activeElement).toBe(field);
  expect(bridge.calls.some(({ name }) => name === "changeProfile")).toBe(false);
});

test("a new name is saved with Enter", async () => {
  const { user, bridge } = await openSetups();
  await choose(user, "Til test (Test)", "Gi nytt navn …");
  const field = await screen.findByLabelText(/^Navn/);
  await user.clear(field);
  await user.type(field, "RRH{Enter}");
  await waitFor(() => expect(screen.queryByTestId("name-dialog")).toBeNull());
  expect(bridge.calls.find(({ name }) => name === "changeProfile")?.args).toEqual([named.id, { name: "RRH" }]);
});

test("a name that could not be saved is told of in the dialog, after Enter too", async () => {
  const { user } = await openSetups({ changeProfile: () => Promise.reject(failure("profiles_unwritable")) });
  await choose(user, "Til test (Test)", "Gi nytt navn …");
  await user.type(await screen.findByLabelText(/^Navn/), " 2{Enter}");
  expect(await within(screen.getByTestId("name-dialog")).findByTestId("failure")).toBeTruthy();
});

test.each([
  { item: "Gi nytt navn …", dialog: "name-dialog" },
  { item: "Kopier til et annet miljø …", dialog: "copy-dialog" },
  { item: "Fjern …", dialog: "remove-setup" },
])("$item: the focus goes back to the menu it was chosen in", async ({ item, dialog }) => {
  const { user } = await openSetups();
  await choose(user, "Til test (Test)", item);
  await user.click(within(await screen.findByTestId(dialog)).getByRole("button", { name: "Avbryt" }));
  expect(screen.queryByTestId(dialog)).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Mer for Til test (Test)" }));
});

test("out of a dialog in a dialog, the focus goes back to the first, and then to the menu", async () => {
  const { user } = await openSetups();
  await choose(user, "Til test (Test)", "Kopier til et annet miljø …");
  await user.click(await screen.findByTestId("copy-to-production"));
  const copy = screen.getByTestId("make-copy");
  await user.click(copy);
  await user.click(await screen.findByTestId("production-stay"));
  expect(document.activeElement).toBe(copy);
});

test("a copy goes to another environment only", async () => {
  const { user, bridge } = await openSetups();
  await choose(user, "Til test (Test)", "Kopier til et annet miljø …");
  const dialog = within(await screen.findByTestId("copy-dialog"));
  expect(dialog.queryByRole("radio", { name: "Test" })).toBeNull();
  await user.click(dialog.getByRole("button", { name: "Lag kopien" }));
  await waitFor(() => expect(bridge.calls.find(({ name }) => name === "copyProfile")?.args).toEqual([named.id, { environment: "practice" }]));
});

test("removing asks, and starts on no", async () => {
  const { user, bridge } = await openSetups();
  await choose(user, "Ekte (Produksjon)", "Fjern …");
  expect(screen.getByRole("dialog", { name: "Fjerne Ekte (Produksjon)?" })).toBeTruthy();
  expect(document.activeElement).toBe(await screen.findByRole("button", { name: "Avbryt" }));
  expect(bridge.calls.some(({ name }) => name === "removeProfile")).toBe(false);
  await user.click(screen.getByRole("button", { name: "Fjern oppsettet" }));
  await waitFor(() => expect(bridge.calls.find(({ name }) => name === "removeProfile")?.args).toEqual(["profile-prod"]));
});

test("what an import made, and what it lacks, is said", async () => {
  const made = { ...ready, id: "new", name: "Fra Kari" };
  const missing = [{ organisation: "GRANITT SPAREBANK", org_number: "313045285", sha256: "ab".repeat(32) }];
  const { user } = await openSetups({ importProfiles: async () => ({ profiles: [made], missing, findings: ["Adressen mangler /token."] }) });
  await user.click(await screen.findByRole("button", { name: "Importer …" }));
  const said = (await screen.findByTestId("imported")).textContent ?? "";
  expect(said).toContain("1 oppsett er lagt til: Fra Kari.");
  expect(said).toMatch(/Sertifikatet finnes ikke på denne maskinen: GRANITT SPAREBANK, 313\s045\s285, SHA-256 abababababababab…/);
  expect(said).toContain("Adressen mangler /token.");
});

test("one oppsett is exported by its id, all by none", async () => {
  const { user, bridge } = await openSetups();
  await choose(user, "Til test (Test)", "Eksporter …");
  await user.click(screen.getByRole("button", { name: "Eksporter alle …" }));
  await waitFor(() => expect(bridge.calls.filter(({ name }) => name === "exportProfiles").map(({ args }) => args[0])).toEqual([[named.id], []]));
  expect(await screen.findByText("Lagret som portner-oppsett.json. Filen har ingen nøkler, passord eller token.")).toBeTruthy();
});
