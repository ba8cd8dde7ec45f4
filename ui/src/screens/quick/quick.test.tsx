import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Bridge } from "../../bridge/bridge";
import { failure } from "../../bridge/fake";
import { chosenFile, ownKeyIdentity, productionIdentity, testIdentity } from "../../bridge/fixtures/identities";
import type { Identity, KeyChoice, KeystoreFile } from "../../bridge/wire";
import { open } from "../../test/render";
import { serviceOf } from "./draft";
import { SERVICES } from "../../bridge/fake";

const file: KeystoreFile = { ...chosenFile, name: "granitt.p12" };
const key = (index: number, recommended: boolean, usable: boolean) => ({ index, alias: "nøkkel", recommended, usable }) as KeyChoice;
const clientId = "2b45e138-3a5e-4b1c-9a5f-6d1c8a7b00ea";

const answers = (over: Partial<Bridge> = {}): Partial<Bridge> => ({
  pickKeystoreFile: async () => file,
  openKeystore: async () => ({ handle: "file-1", file, keys: [key(0, false, true), key(1, true, true)] }),
  importIdentity: async () => ({ id: "identity-9" }) as Identity,
  ...over,
});

async function filled(over: Partial<Bridge> = {}) {
  const opened = await open({ path: "/oppsett/kort" }, { start: { first_run: true } }, answers(over));
  const { user } = opened;
  await user.click(await screen.findByRole("button", { name: "Velg fil" }));
  await user.type(await screen.findByTestId("quick-password"), "blåbær");
  await user.type(screen.getByRole("textbox", { name: "Klient-ID" }), ` ${clientId} `);
  await user.type(screen.getByRole("textbox", { name: "Scope" }), "brreg:losore/tlg");
  return opened;
}

test("three things missing are three links", async () => {
  const { user } = await open({ path: "/oppsett/kort" }, { start: { first_run: true } });
  await user.click(screen.getByRole("button", { name: "Gå til Hent token" }));
  expect(await screen.findAllByRole("link", { name: /Velg sertifikatfilen|En klient-ID ser|Lim inn et scope/ })).toHaveLength(3);
});

test("the recommended key is imported, and the oppsett has the first five steps done", async () => {
  const { user, bridge } = await filled();
  await user.dblClick(screen.getByRole("button", { name: "Gå til Hent token" }));
  await screen.findByRole("heading", { level: 1, name: "Hent token" });
  expect(bridge.calls).toContainEqual({ name: "openKeystore", args: ["file-1", "blåbær", null] });
  expect(bridge.calls).toContainEqual({ name: "importIdentity", args: ["file-1", 1, "sealed"] });
  const made = bridge.calls.filter(({ name }) => name === "createProfile");
  expect(made).toHaveLength(1);
  expect(made[0]?.args[0]).toMatchObject({
    name: "Løsøreregisteret",
    service: "losoreregisteret",
    scopes: ["brreg:losore/tlg"],
    environment: "test",
    identity: "identity-9",
    client_id: clientId,
    order: { state: "granted" },
    terms: { accepted: true, user: true },
  });
});

test("Enter in a field does what the button does", async () => {
  const { user, bridge } = await filled();
  await user.type(screen.getByRole("textbox", { name: "Scope" }), "{Enter}");
  await screen.findByRole("heading", { level: 1, name: "Hent token" });
  expect(bridge.calls.filter(({ name }) => name === "createProfile")).toHaveLength(1);
});

test("a wrong password is said at the field, and nothing is made", async () => {
  const { user, bridge } = await filled({ openKeystore: () => Promise.reject(failure("wrong_password")) });
  await user.click(screen.getByRole("button", { name: "Gå til Hent token" }));
  await waitFor(() => expect(screen.getByTestId("quick-password").getAttribute("aria-invalid")).toBe("true"));
  expect(bridge.calls.some(({ name }) => name === "importIdentity" || name === "createProfile")).toBe(false);
});

test("a key with a password of its own asks for that, and does not say that it cannot be used", async () => {
  const locked = { index: 1, alias: "auth", recommended: false, usable: false, reason: "key_locked" } as KeyChoice;
  const opened = { handle: "file-1", file, keys: [locked] };
  const { user, bridge } = await filled({
    openKeystore: async (_, __, own) => (own === "nøkkel" ? { ...opened, keys: [key(1, true, true)] } : opened),
  });
  await user.click(screen.getByRole("button", { name: "Gå til Hent token" }));
  const field = await screen.findByLabelText("Passord til nøkkelen");
  expect(screen.queryByText("Ingen av nøklene i filen kan brukes i Maskinporten")).toBeNull();
  await user.type(field, "nøkkel");
  expect(screen.queryByText(/Passordet passer ikke til nøkkelen/)).toBeNull();
  await user.click(screen.getByRole("button", { name: "Gå til Hent token" }));
  await screen.findByRole("heading", { level: 1, name: "Hent token" });
  expect(bridge.calls).toContainEqual({ name: "openKeystore", args: ["file-1", "blåbær", "nøkkel"] });
});

test("certificates of the chosen environment can be chosen, the others are told of", async () => {
  const { user, bridge } = await open({ path: "/oppsett/kort" }, { identities: [productionIdentity, testIdentity, ownKeyIdentity] });
  const offered = () => [...screen.getByTestId<HTMLSelectElement>("quick-identity").options].map(({ text }) => text.replace(/\u00a0/g, " "));
  expect(offered()[0]).toBe("GRANITT SPAREBANK, 313 045 285, Test");
  expect(screen.getByTestId("quick-hidden").textContent).toBe("1 sertifikat hører til et annet miljø, og kan ikke velges her.");
  await user.type(screen.getByRole("textbox", { name: "Klient-ID" }), clientId);
  await user.type(screen.getByRole("textbox", { name: "Scope" }), "bank:konto");
  await user.click(screen.getByRole("radio", { name: "Øvelse" }));
  expect(screen.queryByTestId("quick-identity")?.textContent ?? "").not.toContain("GRANITT");
  await user.click(screen.getByRole("radio", { name: "Test" }));
  await user.click(screen.getByRole("button", { name: "Gå til Hent token" }));
  await waitFor(() => expect(bridge.calls.find(({ name }) => name === "createProfile")?.args[0]).toMatchObject({ identity: testIdentity.id }));
});

test("a double click on «Velg fil» opens one dialog", async () => {
  const { user, bridge } = await open({ path: "/oppsett/kort" }, {}, { pickKeystoreFile: () => new Promise(() => undefined) });
  await user.dblClick(await screen.findByRole("button", { name: "Velg fil" }));
  expect(bridge.calls.filter(({ name }) => name === "pickKeystoreFile")).toHaveLength(1);
});

test("where sealing fails, the certificate can be used until the window closes", async () => {
  const { user, bridge } = await filled({
    importIdentity: async (_, __, keep) => (keep === "session" ? ({ id: "identity-9" } as Identity) : Promise.reject(failure("keychain_locked"))),
  });
  await user.click(screen.getByRole("button", { name: "Gå til Hent token" }));
  await user.click(await screen.findByTestId("session-instead"));
  await screen.findByRole("heading", { level: 1, name: "Hent token" });
  expect(bridge.calls.filter(({ name }) => name === "createProfile")).toHaveLength(1);
});

test("certificates that could not be read are told of, not passed over", async () => {
  await open({ path: "/oppsett/kort" }, {}, { listIdentities: () => Promise.reject(failure("vault_unreadable")) });
  expect(await screen.findByTestId("failure")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Velg fil" })).toBeTruthy();
});

test("production is confirmed before the oppsett is made", async () => {
  const { user, bridge } = await filled();
  await user.click(screen.getByRole("radio", { name: "Produksjon" }));
  await user.click(screen.getByRole("button", { name: "Gå til Hent token" }));
  expect(document.activeElement).toBe(screen.getByRole("checkbox"));
  expect(bridge.calls.some(({ name }) => name === "createProfile")).toBe(false);
});

test("without a keychain the key is kept until the window closes", async () => {
  const { user, bridge } = await open(
    { path: "/oppsett/kort" },
    { start: { first_run: true, keychain: "missing" } },
    answers({ pickKeystoreFile: async () => ({ ...file, locked: false }) }),
  );
  await user.click(await screen.findByRole("button", { name: "Velg fil" }));
  await user.type(screen.getByRole("textbox", { name: "Klient-ID" }), clientId);
  await user.type(screen.getByRole("textbox", { name: "Scope" }), "bank:konto");
  await user.click(screen.getByRole("button", { name: "Gå til Hent token" }));
  await waitFor(() => expect(bridge.calls).toContainEqual({ name: "importIdentity", args: ["file-1", 1, "session"] }));
});

test("scopes tell which API it is", () => {
  expect(serviceOf(["brreg:reelle/offentlig"], SERVICES)).toBe("reelle-rettighetshavere");
  expect(serviceOf(["brreg:reelle/offentlig", "brreg:losore/tlg"], SERVICES)).toBe("other");
});
