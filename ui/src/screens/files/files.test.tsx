import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Bridge } from "../../bridge/bridge";
import { failure, type Seed } from "../../bridge/fake";
import { practiceIdentity, testIdentity } from "../../bridge/fixtures/identities";
import { inPractice, ready, underWay } from "../../bridge/fixtures/samples";
import type { FileForm } from "../../bridge/wire";
import { open } from "../../test/render";
import { firstDraft, FORMS, keytoolCommand, kindsFor, needsPassword, orderOf, toolsFor, withForm, withKind, type Kind } from "./draft";

const step = { path: "/filer", mode: "step" } as const;
const seed: Seed = { profiles: [ready], identities: [testIdentity] };
const MADE = "k7wm4-9xhtq-2bdnf-p6rvz";

afterEach(() => vi.useRealTimers());

async function atFiles(answers: Partial<Bridge> = {}, more: Seed = seed) {
  const page = await open(step, more, answers);
  await screen.findByRole("button", { name: "Lagre filene …" });
  const asked = (name: keyof Bridge) => page.bridge.calls.filter((call) => call.name === name).map(({ args }) => args);
  return { ...page, asked, password: () => screen.getByLabelText<HTMLInputElement>("Passord til den nye filen") };
}

const save = () => screen.getByRole("button", { name: "Lagre filene …" });
const kind = (name: string) => screen.getByRole("radio", { name: new RegExp(`^${name}`) });

describe("the choice", () => {
  test("begins with a strong password, a name and a tool, ready to be saved", async () => {
    const { user, asked, password } = await atFiles();
    expect([password().value, password().type]).toEqual([MADE, "text"]);
    expect(screen.getByText("Sterkt passord. Det vises nå og lagres ikke.")).toBeTruthy();
    await user.click(save());
    expect(await screen.findByRole("heading", { level: 1, name: "Filene er klare" })).toBeTruthy();
    expect(asked("saveFiles")).toEqual([
      ["profile-1", { form: "p12", alias: "granitt-maskinporten", tool: "jwt-grant-generator" }, MADE],
    ]);
  });

  test("a password that could not be made is told of", async () => {
    const { user } = await atFiles({ makePassword: () => Promise.reject(failure("unknown")) });
    await user.click(screen.getByTestId("new-password-make"));
    expect(await screen.findByTestId("failure")).toBeTruthy();
  });

  test("a public key needs no password, no name and no warning", async () => {
    const { user, asked } = await atFiles();
    expect(screen.getByTestId("secret-aside")).toBeTruthy();
    await user.click(kind("Offentlig nøkkel"));
    expect(screen.queryByTestId("secret-aside")).toBeNull();
    expect(screen.queryByLabelText("Passord til den nye filen")).toBeNull();
    expect(screen.queryByLabelText("Navn på nøkkelen (alias)")).toBeNull();
    await user.click(save());
    await waitFor(() => expect(asked("saveFiles")).toEqual([["profile-1", { form: "jwk", alias: "granitt-maskinporten", tool: null }, null]]));
  });

  test("the form for old systems says what it costs", async () => {
    const { user, asked } = await atFiles();
    await user.click(screen.getByRole("radio", { name: "For gammel Java eller Windows" }));
    expect(screen.getByTestId("legacy-warning").textContent).toContain("Svak kryptering");
    await user.click(save());
    await waitFor(() => expect(asked("saveFiles")[0]?.[1]).toMatchObject({ form: "p12_legacy" }));
  });

  test("a key without a password is saved only after a tick, and the tick does not outlive the choice", async () => {
    const { user, asked } = await atFiles();
    await user.click(kind("PEM"));
    await user.click(screen.getByRole("radio", { name: "Uten passord" }));
    await user.click(save());
    const tick = screen.getByRole("checkbox");
    expect(asked("saveFiles")).toEqual([]);
    expect(screen.getByText("Kryss av for å lagre nøkkelen uten passord")).toBeTruthy();
    expect(document.activeElement).toBe(tick);
    await user.click(tick);
    await user.click(screen.getByRole("radio", { name: "Låst med passord" }));
    await user.click(screen.getByRole("radio", { name: "Uten passord" }));
    expect(screen.getByRole<HTMLInputElement>("checkbox").checked).toBe(false);
    await user.click(screen.getByRole("checkbox"));
    await user.click(save());
    await waitFor(() => expect(asked("saveFiles")).toEqual([["profile-1", { form: "pem_exposed", alias: "granitt-maskinporten", tool: null }, null]]));
  });

  test("the tools offered are those that can read the file", async () => {
    const { user } = await atFiles();
    const offered = () => within(screen.getByTestId("tool")).getAllByRole("option").map(({ textContent }) => textContent);
    expect(offered()).toContain("fiks-maskinporten (KS)");
    await user.click(kind("Java KeyStore"));
    expect(offered()).toEqual(["jwt-grant-generator (Digdir)", "refapp-integrasjon (Brønnøysundregistrene)", "danielskovli (Python)", "Ingen konfigurasjonsfil"]);
    await user.click(kind("PEM"));
    expect(screen.queryByTestId("tool")).toBeNull();
  });

  test("without a client there is a key file and no configuration, and it is said why", async () => {
    const { user, asked } = await atFiles({}, { ...seed, profiles: [{ ...ready, client_id: null }] });
    expect(screen.getByTestId("tool-without-client").textContent).toContain("klient-ID");
    await user.click(save());
    await waitFor(() => expect(asked("saveFiles")[0]?.[1]).toMatchObject({ tool: null }));
  });

  test("without a certificate the page says which step is missing", async () => {
    await open(step, { profiles: [underWay] });
    expect((await screen.findByTestId("missing-step")).textContent).toContain("steg 4");
  });

  test("in practice the files are said to be marked", async () => {
    await atFiles({}, { profiles: [inPractice], identities: [practiceIdentity] });
    expect(screen.getByTestId("practice-mark").textContent).toContain("OVELSE");
  });

  test("the keyboard alone is enough", async () => {
    const { user, asked } = await atFiles();
    kind("PKCS#12").focus();
    await user.keyboard("{ArrowDown}");
    expect(kind("Java KeyStore")).toBe(document.activeElement);
    save().focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(asked("saveFiles")[0]?.[1]).toMatchObject({ form: "jks" }));
    await waitFor(() => expect(document.activeElement?.textContent).toBe("Filene er klare"));
  });
});

describe("the password", () => {
  test("of one's own is called short under 14 characters", async () => {
    const { user, password } = await atFiles();
    await user.clear(password());
    await user.type(password(), "tretten-tegn!");
    expect(screen.getByText(/^Kort passord\./)).toBeTruthy();
    await user.type(password(), "!");
    expect(screen.getByText("Langt nok. Passordet lagres ikke.")).toBeTruthy();
  });

  test.each([
    ["password_too_short", { minimum: "6" }, /minst 6 tegn/],
    ["password_not_ascii", {}, /tegn som Java ikke forstår/],
    ["password_missing", {}, /mangler passord/],
  ])("%s is said at the field, which has the focus, until it is changed", async (code, params, said) => {
    const { user, password } = await atFiles({ saveFiles: () => Promise.reject(failure(code, params as Record<string, string>)) });
    await user.click(save());
    const told = await screen.findByText(said);
    expect(password().getAttribute("aria-invalid")).toBe("true");
    expect(password().getAttribute("aria-describedby")).toContain(told.id);
    await waitFor(() => expect(document.activeElement).toBe(password()));
    await user.type(password(), "x");
    expect(password().getAttribute("aria-invalid")).toBeNull();
  });

  test("a new one is made, shown and copied for a while", async () => {
    const { user, password, asked } = await atFiles();
    await user.click(screen.getByRole("button", { name: "Vis passordet" }));
    expect(password().type).toBe("password");
    await user.click(screen.getByRole("button", { name: "Lag nytt passord" }));
    await waitFor(() => expect(password().value).toBe("h3nqa-t8vx2-ywk5m-c9dfr"));
    expect(password().type).toBe("text");
    await user.click(screen.getByRole("button", { name: "Kopier passord" }));
    expect(asked("copyPassword")).toEqual([["h3nqa-t8vx2-ywk5m-c9dfr"]]);
    expect(await screen.findByText("Utklippstavlen tømmes om 60 sekunder")).toBeTruthy();
  });

  test("is hidden when the window has been left for half a minute", async () => {
    const { password } = await atFiles();
    vi.useFakeTimers();
    act(() => void fireEvent.blur(window));
    act(() => void vi.advanceTimersByTime(29_000));
    expect(password().type).toBe("text");
    act(() => void vi.advanceTimersByTime(2_000));
    expect(password().type).toBe("password");
  });
});

describe("saving", () => {
  test("two presses ask once", async () => {
    const { user, asked } = await atFiles({ saveFiles: () => new Promise(() => undefined) });
    await user.dblClick(save());
    expect(asked("saveFiles")).toHaveLength(1);
  });

  test("giving up the dialog changes nothing", async () => {
    const { user, password, asked } = await atFiles({ saveFiles: async () => null });
    await user.click(save());
    await waitFor(() => expect(asked("saveFiles")).toHaveLength(1));
    expect(password().value).toBe(MADE);
    expect(screen.queryByTestId("failure")).toBeNull();
  });

  test("a file that is there is replaced only after a question", async () => {
    const { user, asked } = await atFiles({
      saveFiles: () => Promise.reject(failure("output_exists", { file: "granitt.properties", place: "place-1" })),
    });
    await user.click(save());
    const dialog = await screen.findByTestId("replace-dialog");
    expect(dialog.textContent).toContain("Vil du erstatte granitt.properties?");
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Behold den gamle" }));
    expect(asked("replaceFiles")).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Erstatt filen" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Filene er klare" })).toBeTruthy();
    expect(asked("replaceFiles")[0]?.slice(2)).toEqual([MADE, "place-1"]);
  });

  test("a file that is to be kept is kept", async () => {
    const { user, asked } = await atFiles({
      saveFiles: () => Promise.reject(failure("output_exists", { file: "granitt.properties", place: "place-1" })),
    });
    await user.click(save());
    await user.click(await screen.findByRole("button", { name: "Behold den gamle" }));
    await waitFor(() => expect(screen.queryByTestId("replace-dialog")).toBeNull());
    expect(asked("replaceFiles")).toEqual([]);
  });

  test("a folder that cannot be written to is said at the button", async () => {
    const { user } = await atFiles({ saveFiles: () => Promise.reject(failure("output_unwritable", { file: "granitt.p12" })) });
    await user.click(save());
    expect((await screen.findByTestId("failure")).textContent).toContain("Velg en annen mappe.");
  });
});

describe("when it is done", () => {
  async function atDone(route: "step" | "area" = "step") {
    const page = await open({ path: "/filer", mode: route }, seed);
    await page.user.click(await screen.findByRole("button", { name: "Lagre filene …" }));
    await screen.findByRole("heading", { level: 1, name: "Filene er klare" });
    const asked = (name: keyof Bridge) => page.bridge.calls.filter((call) => call.name === name).map(({ args }) => args);
    return { ...page, asked };
  }

  test("each file is named, and the password is nowhere on the page", async () => {
    const { asked, user } = await atDone();
    const [key, config] = within(screen.getByTestId("saved-files")).getAllByRole("listitem");
    expect(key?.textContent).toContain("Nøkkelfil · hemmelig · alias granitt-maskinporten");
    expect(config?.textContent).toContain("Oppsettfil · uten passord");
    expect(screen.getByTestId("config-text").textContent).toContain("keystore.password=<hent fra hvelvet>");
    expect(document.body.innerHTML).not.toContain(MADE);
    await user.click(screen.getByRole("button", { name: "Vis i mappen: granitt-maskinporten-test.p12" }));
    expect(asked("showWrittenFile")).toEqual([["file-key"]]);
  });

  test("the password is copied by the program, and forgotten when the page is left", async () => {
    const { user, asked } = await atDone();
    await user.click(screen.getByRole("button", { name: "Kopier passord til granitt-maskinporten-test.p12" }));
    expect(asked("copyFilePassword")).toEqual([["file-key"]]);
    expect(await screen.findByText("Utklippstavlen tømmes om 60 sekunder")).toBeTruthy();
    expect(asked("forgetFiles")).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Ferdig" }));
    await waitFor(() => expect(asked("forgetFiles")).toEqual([[]]));
    const step8 = await screen.findByTestId("task-8");
    expect(step8.textContent).toContain("Ferdig");
  });

  test("more files begin with another password from the program", async () => {
    const { user, asked } = await atDone("area");
    await user.click(screen.getByRole("button", { name: "Lag flere filer" }));
    await screen.findByLabelText("Passord til den nye filen");
    expect(asked("offerFiles")).toHaveLength(2);
  });
});

describe("the draft", () => {
  const draft = firstDraft("Min nøkkel", "x", { certified: true, practice: false });

  test("every kind begins with a form of its own, and never asks a tool for what it cannot read", () => {
    for (const kind of Object.keys(FORMS) as Kind[]) {
      const changed = withKind(draft, kind);
      expect(changed.form).toBe(FORMS[kind][0]);
      for (const form of FORMS[kind]) {
        const { tool } = orderOf(withForm(changed, form), true);
        expect([form, tool === null || toolsFor(form, draft.of).includes(tool)]).toEqual([form, true]);
      }
    }
    expect(withKind({ ...draft, tool: null }, "jks").tool).toBeNull();
  });

  test.each([
    ["p12", "keytool -importkeystore", "PKCS12"],
    ["p12_legacy", "keytool -J-Dkeystore.pkcs12.legacy -importkeystore", "PKCS12"],
    ["jks", "keytool -importkeystore", "JKS"],
  ] as [FileForm, string, string][])("keytool makes %s", (form, start, type) => {
    const command = keytoolCommand({ ...draft, form }, "auth $x") ?? "";
    expect(command.startsWith(start)).toBe(true);
    expect(command).toContain(`-deststoretype ${type}`);
    expect(command).toContain('-srcalias "auth \\$x" -destalias "Min nøkkel"');
  });

  test("a key without certificate is offered only what it fits into", () => {
    const own = firstDraft("x", "y", { certified: false, practice: false });
    expect([own.kind, kindsFor(false)]).toEqual(["pem", { common: ["pem", "jwk"], more: ["private_jwk"] }]);
    expect(kindsFor(true).common).toContain("jks");
  });

  test("a tool is offered only where it can use the key", () => {
    const inTest = { certified: true, practice: false };
    expect(toolsFor("p12", inTest)).toContain("altinn");
    expect(toolsFor("p12", { ...inTest, practice: true })).toEqual(["jwt-grant-generator", "brreg", "fiks"]);
    expect(toolsFor("pem_exposed", inTest)).toEqual([]);
    expect(toolsFor("pem_exposed", { certified: false, practice: false })).toEqual(["fiks"]);
    expect(toolsFor("pem", { certified: false, practice: false })).toEqual([]);
  });

  test("keytool makes no PEM, and only locked files need a password", () => {
    expect(keytoolCommand({ ...draft, form: "pem" }, "a")).toBeNull();
    expect((["p12", "p12_base64", "jks", "pem"] as FileForm[]).every(needsPassword)).toBe(true);
    expect((["pem_exposed", "jwk", "der", "jwk_exposed"] as FileForm[]).some(needsPassword)).toBe(false);
  });
});
