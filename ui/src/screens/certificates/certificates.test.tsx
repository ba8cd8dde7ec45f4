import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
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

test("once the last is removed, the page is where a file may be let go", async () => {
  const { user } = await open(area, { profiles: [underWay], identities: [testIdentity] });
  await user.click(await screen.findByRole("button", { name: "Vis GRANITT SPAREBANK" }));
  await user.click(screen.getByRole("button", { name: "Fjern …" }));
  await user.click(screen.getByRole("button", { name: "Fjern" }));
  expect(await screen.findByTestId("drop-zone")).toBeTruthy();
  expect(screen.getByText("Sertifikatet er fjernet")).toBeTruthy();
});

test("a password that is shown is hidden when the window has been left", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { user, field } = await atPassword();
  await user.click(screen.getByRole("button", { name: "Vis passord" }));
  expect(field.type).toBe("text");
  act(() => void window.dispatchEvent(new Event("blur")));
  await act(() => vi.advanceTimersByTimeAsync(31_000));
  expect(field.type).toBe("password");
  vi.useRealTimers();
});

describe("choosing a file", () => {
  test("the common kinds of file are named", async () => {
    await open(step, { profiles: [underWay] });
    expect((await screen.findByTestId("drop-zone")).textContent).toContain("Filer som slutter på .p12, .pfx, .jks eller .pem");
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
    const said = (await screen.findByTestId("drop-error")).textContent;
    expect(said).toContain("Dette er ikke en sertifikatfil. Filen ser ut til å være et PDF-dokument.");
    expect(screen.getByRole("button", { name: "Velg fil" })).toBeTruthy();
  });

  test("a file given when the program started asks for its password at once", async () => {
    await open(area, { start: { opened_file: chosenFile } });
    expect(await screen.findByLabelText("Passord til filen")).toBe(document.activeElement);
  });

  test("a file given when the program started that cannot be opened is named as what it is, whatever else would be shown first", async () => {
    for (const seed of [{}, { profiles: [ready], identities: [testIdentity] }]) {
      const { unmount } = await open(null, { ...seed, start: { opened_failure: failure("truncated", { at: "900" }) } });
      expect((await screen.findByTestId("drop-error")).textContent).toContain("Filen er ikke komplett");
      unmount();
    }
  });

  test("what is not sealed is not said to be", async () => {
    const passing = { ...testIdentity, id: "passing", keep: "session" as const };
    for (const [identities, said] of [
      [[testIdentity], "Alt ligger forseglet"],
      [[testIdentity, passing], "Resten ligger forseglet"],
      [[passing], "Ingenting av dette blir lagret"],
    ] as const) {
      const { unmount } = await open(area, { profiles: [ready], identities: [...identities] });
      expect(await screen.findByText(new RegExp(said))).toBeTruthy();
      unmount();
    }
  });

  test("a file that nothing locks is named as what it is, whatever its name says", async () => {
    const file = { ...chosenFile, format: "pem", locked: false };
    await open(area, { start: { opened_file: file } }, { openKeystore: async () => ({ ...openedWith(authenticationKey), file }) });
    expect((await screen.findByTestId("chosen-file")).textContent).toContain("Filen heter .p12, men innholdet er PEM.");
    expect(screen.getByTestId("certificate-card")).toBeTruthy();
  });

  test("the sidebar leads to the list, also from the step on the same page", async () => {
    const { user } = await open(step, { profiles: [ready], identities: [testIdentity] });
    await user.click(await screen.findByRole("link", { name: "Sertifikater" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Sertifikater og nøkler" })).toBe(document.activeElement);
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
    expect(bridge.calls.filter(({ name }) => name === "openKeystore").map(({ args }) => args)).toEqual([["file-1", "riktig", null]]);
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

  test("an empty one is sent only at the second time of asking", async () => {
    const { user, bridge } = await atPassword();
    const sent = () => bridge.calls.filter(({ name }) => name === "openKeystore").map(({ args }) => args);
    await user.click(screen.getByRole("button", { name: "Åpne sertifikatet" }));
    expect(await screen.findByText(/^Skriv passordet til filen\./)).toBeTruthy();
    expect(sent()).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Åpne sertifikatet" }));
    await screen.findByRole("heading", { level: 1, name: "Dette fant vi i filen" });
    expect(sent()).toEqual([["file-1", "", null]]);
  });

  test("what the file shows without it is there for those who look", async () => {
    await atPassword({ pickKeystoreFile: async () => ({ ...chosenFile, legacy: true, parts: 0, rounds: 3_000_000 }) });
    const look = screen.getByTestId("file-look");
    expect(look.textContent).toContain("Kryptert med AES-256-CBC PBKDF2-HMAC-SHA-256 · HMAC-SHA-256.");
    expect(look.textContent).toContain("Krypteringen er gammel og svak.");
    expect(look.textContent).toContain("Nøkler og sertifikater er skjult til filen er åpnet.");
    expect(look.textContent).toMatch(/krever 3.000.000 regnerunder/);
  });

  test.each([
    ["password_has_blank", {}, /mellomrom for mye/],
    ["password_caps_lock", {}, /Caps Lock/],
    ["password_is_empty", {}, /tomt passord/],
    ["truncated", { at: "2048" }, /slutter etter 2048 byte/],
    ["no_private_key", {}, /Filen inneholder bare den offentlige delen/],
    ["no_private_key", { known: "no_certificate" }, /Vi fant ingen nøkkel i filen/],
    ["unsupported", { what: "SHA3-256" }, /kan vi ikke lese: SHA3-256/],
    ["key_damaged", {}, /skadet/],
    ["too_much_work", { iterations: "99000000" }, /99000000 regnerunder/],
  ])("%s is said at the field, with what to do", async (code, params, said) => {
    const { user, field } = await atPassword({ openKeystore: () => Promise.reject(failure(code, params as Record<string, string>)) });
    await user.type(field, "x{Enter}");
    expect(await screen.findByText(said)).toBeTruthy();
    expect(field.getAttribute("aria-invalid")).toBe("true");
  });

  test("a key with a password of its own gets a second field, and the first is not asked again", async () => {
    const locked = { ...authenticationKey, usable: false, recommended: false, reason: "key_locked", checks: [] };
    const given: unknown[] = [];
    const { user, field } = await atPassword({
      openKeystore: async (_handle, password, key) => {
        given.push([password, key]);
        return openedWith(key === "nøkkel" ? authenticationKey : locked);
      },
    });
    expect(screen.queryByLabelText("Passord til nøkkelen")).toBeNull();
    await user.type(field, "fil{Enter}");
    const second = await screen.findByLabelText<HTMLInputElement>("Passord til nøkkelen");
    await waitFor(() => expect(document.activeElement).toBe(second));
    expect(field.value).toBe("fil");
    await user.type(second, "feil{Enter}");
    expect(await screen.findByText(/^Passordet passer ikke til nøkkelen\./)).toBeTruthy();
    await user.clear(second);
    await user.type(second, "nøkkel{Enter}");
    await screen.findByRole("heading", { level: 1, name: "Dette fant vi i filen" });
    expect(given).toEqual([["fil", null], ["fil", "feil"], ["fil", "nøkkel"]]);
  });

  test("a locked key beside an open one can be unlocked from the list of keys", async () => {
    const locked = { ...signingKey, usable: false, reason: "key_locked", checks: [] };
    const { user } = await atCard({ openKeystore: async () => openedWith(authenticationKey, locked) });
    await user.click(screen.getByRole("button", { name: "Skriv passordet til den låste nøkkelen" }));
    expect(await screen.findByLabelText("Passord til nøkkelen")).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>("Passord til filen").value).toBe("");
  });

  test("opening that takes long shows how far it has come, and can be broken off with nothing lost", async () => {
    let end: (why: unknown) => void = () => undefined;
    const { user, bridge, field } = await atPassword({
      openKeystore: () => new Promise((_, reject) => (end = reject)),
      openingProgress: async () => 40,
      cancelOpening: async () => end(failure("cancelled")),
    });
    await user.type(field, "riktig{Enter}");
    expect(screen.queryByTestId("opening")).toBeNull();
    const bar = await screen.findByRole<HTMLProgressElement>("progressbar", { name: "Så langt har vi kommet" }, { timeout: 3000 });
    expect(bar.value).toBe(40);
    await user.click(screen.getByRole("button", { name: "Avbryt" }));
    await waitFor(() => expect(screen.queryByTestId("opening")).toBeNull());
    expect(bridge.calls.filter(({ name }) => name === "cancelOpening").map(({ args }) => args)).toEqual([["file-1"]]);
    expect(field.value).toBe("riktig");
    expect(field.getAttribute("aria-invalid")).toBeNull();
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

describe("a file without a password", () => {
  const pem = { ...chosenFile, name: "granitt.pem", format: "pem", locked: false };
  const choose = async (more: Partial<Bridge> = {}) => {
    const page = await open(step, { profiles: [underWay] }, { ...answers, pickKeystoreFile: async () => pem, ...more });
    await page.user.click(await screen.findByRole("button", { name: "Velg fil" }));
    return page;
  };

  test("is opened at once, and asks beside its card whether to keep it", async () => {
    const { user, bridge } = await choose({ openKeystore: async () => ({ ...openedWith(authenticationKey), file: pem }) });
    await screen.findByRole("heading", { level: 1, name: "Dette fant vi i filen" });
    expect(screen.queryByLabelText("Passord til filen")).toBeNull();
    await user.click(screen.getByRole("radio", { name: "Nei, bare bruk det til jeg lukker appen" }));
    await user.click(screen.getByTestId("use-certificate"));
    await screen.findByRole("heading", { level: 1, name: "Veien til ditt første token" });
    expect(bridge.calls.find(({ name }) => name === "importIdentity")?.args).toEqual(["file-1", 0, "session"]);
  });

  test("with certificates only is explained where it was let go", async () => {
    const { bridge } = await choose({ openKeystore: () => Promise.reject(failure("no_private_key")) });
    expect((await screen.findByTestId("drop-error")).textContent).toContain("Du trenger filen med privat nøkkel");
    await waitFor(() => expect(bridge.calls.find(({ name }) => name === "closeKeystore")?.args).toEqual(["file-1"]));
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
    expect(asked("importIdentity")).toEqual(["file-1", 0, "sealed"]);
    expect(asked("changeProfile")).toEqual(["profile-1", { identity: "identity-1" }]);
  });

  test("keys of the same name are told apart: one is recommended and chosen, and the one chosen is imported", async () => {
    const alias = "nøkkel";
    const keys = [{ ...authenticationKey, index: 1, alias }, { ...signingKey, index: 0, alias }];
    const { user, bridge } = await atCard({ openKeystore: async () => openedWith(...keys) });
    const radio = (name: string) => screen.getByRole<HTMLInputElement>("radio", { name });
    expect([radio("Autentisering").checked, radio("Signering").checked]).toEqual([true, false]);
    expect(screen.getAllByText(/Anbefalt for Maskinporten/)).toHaveLength(1);
    await user.click(radio("Signering"));
    expect([radio("Autentisering").checked, radio("Signering").checked]).toEqual([false, true]);
    await user.click(radio("Autentisering"));
    await user.click(screen.getByTestId("use-certificate"));
    await screen.findByRole("heading", { level: 1, name: "Veien til ditt første token" });
    expect(bridge.calls.find(({ name }) => name === "importIdentity")?.args).toEqual(["file-1", 1, "sealed"]);
  });

  test("dates that cannot be read are not shown as some others, and what is left out of the file is said", async () => {
    const undated = { ...authenticationKey.certificate!, not_before: null, not_after: null, days_left: null };
    const checks = ["validity_unknown", "certificate_unreadable"].map((code) => ({ code, state: "warning" as const, params: {} }));
    await atCard({ openKeystore: async () => openedWith({ ...authenticationKey, certificate: undated, checks }) });
    expect(within(screen.getByTestId("certificate-card")).getByText("Kan ikke leses")).toBeTruthy();
    expect(screen.getByTestId("checks").textContent).toContain("Vi kan ikke lese når sertifikatet gjelder");
    expect(screen.getByTestId("checks").textContent).toContain("Et sertifikat i filen kan ikke leses");
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
      importIdentity: (_handle, _index, keep) => {
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
  test("the password of the saved practice certificate is copied like a password", async () => {
    const { user, bridge } = await open(step, { profiles: [{ ...inPractice, identity: null }] });
    await user.click(await screen.findByTestId("save-practice-certificate"));
    await user.click(await screen.findByRole("button", { name: "Kopier Passord" }));
    const copied = bridge.calls.filter(({ name }) => name.startsWith("copy"));
    expect(copied).toEqual([{ name: "copyPassword", args: ["fjord-sau-lykt-vinter"] }]);
  });

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
