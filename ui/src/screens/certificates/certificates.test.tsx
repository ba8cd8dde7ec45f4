import { act, screen, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import type { Bridge } from "../../bridge/bridge";
import { failure, type Seed } from "../../bridge/fake";
import {
  authenticationKey,
  chosenFile,
  encryptionKey,
  openedWith,
  productionKey,
  signingKey,
  testIdentity,
} from "../../bridge/fixtures/identities";
import { inPractice, ready, underWay } from "../../bridge/fixtures/samples";
import { open } from "../../test/render";

const step = { path: "/sertifikater", mode: "step" } as const;
const area = { path: "/sertifikater" } as const;

const answers: Partial<Bridge> = {
  pickKeystoreFile: async () => chosenFile,
  openKeystore: async () => openedWith(authenticationKey, signingKey, encryptionKey),
  importIdentity: async () => testIdentity,
};

/** Opens the page with a file chosen, at the password. */
async function atPassword(more: Partial<Bridge> = {}, seed: Seed = { profiles: [underWay] }) {
  const page = await open(step, seed, { ...answers, ...more });
  await page.user.click(await screen.findByRole("button", { name: "Velg fil" }));
  return { ...page, field: await screen.findByLabelText<HTMLInputElement>("Passord til filen") };
}

/** The same, with the file opened. */
async function atCard(more: Partial<Bridge> = {}, seed?: Seed) {
  const page = await atPassword(more, seed);
  await page.user.type(page.field, "riktig{Enter}");
  await screen.findByRole("heading", { level: 1, name: "Dette fant vi i filen" });
  return page;
}

describe("choosing a file", () => {
  test("only the file kinds of today are named", async () => {
    await open(step, { profiles: [underWay] });
    expect((await screen.findByTestId("drop-zone")).textContent).toContain("Filer som slutter på .p12 eller .pfx");
    expect(document.body.textContent).not.toContain(".jks");
  });

  test("a file held over the window is invited, a dropped one is asked for its password", async () => {
    const { bridge } = await open(step, { profiles: [underWay] });
    await screen.findByTestId("drop-zone");
    act(() => bridge.drag(true));
    expect(screen.getByText("Slipp for å åpne")).toBeTruthy();
    act(() => bridge.drop(chosenFile));
    expect(await screen.findByLabelText("Passord til filen")).toBe(document.activeElement);
    expect(screen.getByTestId("chosen-file").textContent).toContain("6,2\u00a0kB · PKCS#12 · låst med passord");
  });

  test("a file of another kind is named as what it is, on the same page", async () => {
    const { bridge } = await open(step, { profiles: [underWay] });
    await screen.findByTestId("drop-zone");
    act(() => bridge.drop(failure("not_a_keystore", { found: "pdf" })));
    expect((await screen.findByTestId("drop-error")).textContent).toContain("Dette er ikke en sertifikatfil.");
    expect(screen.getByRole("button", { name: "Velg fil" })).toBeTruthy();
  });

  test("a file given when the program started asks for its password at once", async () => {
    await open(area, { start: { opened_file: chosenFile } });
    expect(await screen.findByLabelText("Passord til filen")).toBe(document.activeElement);
  });

  test("a file dropped on another page opens this one", async () => {
    const { bridge } = await open({ path: "/klient" }, { profiles: [ready], identities: [testIdentity] });
    await screen.findByRole("heading", { level: 1 });
    act(() => bridge.drop(chosenFile));
    expect(await screen.findByLabelText("Passord til filen")).toBeTruthy();
  });
});

describe("the password", () => {
  test("a wrong one is said at the field, kept and selected", async () => {
    const { user, field } = await atPassword({ openKeystore: () => Promise.reject(failure("wrong_password")) });
    await user.type(field, "feilpassord{Enter}");
    expect(await screen.findByText(/Passordet passer ikke til denne filen\./)).toBeTruthy();
    expect(field.value).toBe("feilpassord");
    expect(field).toBe(document.activeElement);
    expect([field.selectionStart, field.selectionEnd]).toEqual([0, "feilpassord".length]);
    expect(field.getAttribute("aria-invalid")).toBe("true");
  });

  test("a fault follows the language", async () => {
    const { user, field } = await atPassword({ openKeystore: () => Promise.reject(failure("wrong_password")) });
    await user.type(field, "feilpassord{Enter}");
    await screen.findByText(/Passordet passer ikke til denne filen\./);
    await user.click(screen.getByRole("radio", { name: "English" }));
    expect(await screen.findByText(/The password does not/)).toBeTruthy();
    expect(screen.queryByText(/Passordet passer ikke/)).toBeNull();
    expect(field.value).toBe("feilpassord");
  });

  test("it passes once to the program and is nowhere afterwards", async () => {
    const { bridge } = await atCard();
    expect(bridge.calls.filter(({ name }) => name === "openKeystore").map(({ args }) => args)).toEqual([["file-1", "riktig"]]);
    expect(document.body.innerHTML).not.toContain("riktig\"");
  });

  test("two presses open once", async () => {
    const { user, bridge, field } = await atPassword({ openKeystore: () => new Promise(() => undefined) });
    await user.type(field, "riktig");
    await user.dblClick(screen.getByRole("button", { name: "Åpne sertifikatet" }));
    expect(bridge.calls.filter(({ name }) => name === "openKeystore")).toHaveLength(1);
  });

  test("it can be shown and hidden", async () => {
    const { user, field } = await atPassword();
    const eye = screen.getByRole("button", { name: "Vis passord" });
    expect([field.type, eye.getAttribute("aria-pressed")]).toEqual(["password", "false"]);
    await user.click(eye);
    expect([field.type, eye.getAttribute("aria-pressed")]).toEqual(["text", "true"]);
  });

  test("an empty one is not sent", async () => {
    const { user, bridge } = await atPassword();
    await user.click(screen.getByRole("button", { name: "Åpne sertifikatet" }));
    expect(await screen.findByText("Skriv passordet til filen")).toBeTruthy();
    expect(bridge.calls.some(({ name }) => name === "openKeystore")).toBe(false);
  });

  test("without a keychain it says so, and keeps the certificate for the session only", async () => {
    const { user, bridge, field } = await atPassword({}, { profiles: [underWay], start: { keychain: "missing" } });
    expect(screen.getByTestId("keychain-missing").textContent).toContain("Maskinen har ingen nøkkelring");
    expect(screen.queryByRole("radio", { name: "Ja, forseglet på maskinen" })).toBeNull();
    await user.type(field, "riktig{Enter}");
    await user.click(await screen.findByTestId("use-certificate"));
    expect(bridge.calls.find(({ name }) => name === "importIdentity")?.args[2]).toBe("session");
  });
});

describe("what the file holds", () => {
  test("the authentication key is preselected and says why; encryption cannot be chosen", async () => {
    await atCard();
    const radio = (name: string) => screen.getByRole<HTMLInputElement>("radio", { name });
    expect(radio("Autentisering").checked).toBe(true);
    expect(screen.getByTestId("key-authentication").textContent).toContain("Anbefalt for Maskinporten");
    expect(radio("Signering").disabled).toBe(false);
    expect(radio("Kryptering").disabled).toBe(true);
  });

  test("the choice of key changes the checks", async () => {
    const { user } = await atCard();
    expect(within(screen.getByTestId("checks")).queryByText("Nøkkelen er laget for å signere dokumenter")).toBeNull();
    await user.click(screen.getByRole("radio", { name: "Signering" }));
    expect(within(screen.getByTestId("checks")).getByText("Nøkkelen er laget for å signere dokumenter")).toBeTruthy();
  });

  test("using it imports the key, gives it to the oppsett and goes back to the task list", async () => {
    const { user, bridge } = await atCard();
    await user.click(screen.getByRole("button", { name: "Bruk sertifikatet og fortsett" }));
    await screen.findByRole("heading", { level: 1, name: "Veien til ditt første token" });
    const asked = (name: string) => bridge.calls.find((call) => call.name === name)?.args;
    expect(asked("importIdentity")).toEqual(["file-1", "granitt-autentisering", "sealed"]);
    expect(asked("changeProfile")).toEqual(["profile-1", { identity: "identity-1" }]);
  });

  test("a certificate for another environment cannot be used, and it is said why", async () => {
    await atCard({ openKeystore: async () => openedWith(productionKey) });
    expect(screen.getByTestId("certificate-blocked").textContent).toContain("Dette sertifikatet kan ikke brukes");
    expect(screen.getByTestId("checks").textContent).toContain("Dette er et produksjonssertifikat");
    expect(screen.queryByTestId("use-certificate")).toBeNull();
  });

  test("a locked keychain offers the session", async () => {
    const kept: unknown[] = [];
    const { user } = await atCard({
      importIdentity: (_handle, _alias, keep) => {
        kept.push(keep);
        return keep === "sealed" ? Promise.reject(failure("keychain_locked")) : Promise.resolve(testIdentity);
      },
    });
    await user.click(screen.getByTestId("use-certificate"));
    expect((await screen.findByTestId("not-imported")).textContent).toContain("Nøkkelringen er låst");
    await user.click(screen.getByRole("button", { name: "Bruk det bare til jeg lukker appen" }));
    await screen.findByRole("heading", { level: 1, name: "Veien til ditt første token" });
    expect(kept).toEqual(["sealed", "session"]);
  });

  test("another file closes the first", async () => {
    const other = { ...chosenFile, handle: "file-2", name: "en-annen.p12" };
    let picks = 0;
    const { user, bridge } = await atCard({ pickKeystoreFile: async () => (picks++ === 0 ? chosenFile : other) });
    await user.click(screen.getByRole("button", { name: "Velg en annen fil" }));
    expect(await screen.findByText("en-annen.p12")).toBeTruthy();
    expect(bridge.calls.find(({ name }) => name === "closeKeystore")?.args).toEqual(["file-1"]);
  });
});

describe("the list", () => {
  const seed = { profiles: [ready], identities: [testIdentity] };

  test("a certificate is shown in words, and removed only after a question", async () => {
    const { user, bridge } = await open(area, seed);
    const list = await screen.findByTestId("certificate-list");
    expect(list.textContent).toContain("Utløper om 114 dager");
    expect(list.textContent).toContain("Brukes i 2 oppsett");
    await user.click(within(list).getByRole("button", { name: "Vis GRANITT SPAREBANK" }));
    await user.click(await screen.findByRole("button", { name: "Fjern …" }));
    expect((await screen.findByTestId("remove-dialog")).textContent).toContain("Det brukes i 2 oppsett. Filen du importerte fra, blir ikke slettet.");
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Behold" }));
    expect(bridge.calls.some(({ name }) => name === "removeIdentity")).toBe(false);
    await user.click(screen.getByRole("button", { name: "Fjern" }));
    expect(await screen.findByText("Sertifikatet er fjernet")).toBeTruthy();
  });

  test("with nothing in it the drop zone itself is shown", async () => {
    await open(area, { profiles: [underWay] });
    expect(await screen.findByTestId("drop-zone")).toBeTruthy();
  });
});

describe("practising", () => {
  test("in practice one press is enough", async () => {
    const practice = { ...inPractice, identity: null };
    const { user, bridge } = await open(step, { profiles: [practice] }, { usePracticeCertificate: async () => testIdentity });
    await user.click(await screen.findByRole("button", { name: "Bruk øvingssertifikat" }));
    await screen.findByRole("heading", { level: 1, name: "Veien til ditt første token" });
    expect(bridge.calls.find(({ name }) => name === "changeProfile")?.args).toEqual([practice.id, { identity: "identity-1" }]);
  });

  test("in test it asks before making a practice oppsett", async () => {
    const { user, bridge } = await open(step, { profiles: [underWay] });
    await user.click(await screen.findByRole("button", { name: "Bruk øvingssertifikat" }));
    expect(bridge.calls.some(({ name }) => name === "startPractice")).toBe(false);
    await user.click(await screen.findByRole("button", { name: "Start øvelsen" }));
    expect(bridge.calls.some(({ name }) => name === "startPractice")).toBe(true);
  });
});
