import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { makeProfile } from "../bridge/fake";
import { inPractice, inProduction, ready, roadUnderWay, underWay } from "../bridge/fixtures/samples";
import { makeToken } from "../bridge/fixtures/tokens";
import type { Profile, Token } from "../bridge/wire";
import { open } from "../test/render";

const seed = { profiles: [underWay, inPractice, inProduction], road: roadUnderWay };
const heading = (name: string) => screen.findByRole("heading", { level: 1, name });
const band = () => screen.getByRole("region", { name: "Miljø" });

beforeEach(() => document.body.focus());

test("skip link, band, sidebar and main come in this order", async () => {
  const { user } = await open({ path: "/" }, seed);
  const skip = screen.getByRole("link", { name: "Hopp til hovedinnhold" });
  const order = [skip, band(), screen.getByRole("banner"), screen.getByRole("main")];
  order.slice(1).forEach((element, index) => {
    expect(order[index]?.compareDocumentPosition(element)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });
  await user.tab();
  expect(document.activeElement).toBe(skip);
  await user.keyboard("{Enter}");
  expect(document.activeElement).toBe(screen.getByRole("main"));
});

test("navigating moves the focus to the heading and names the window", async () => {
  const { user, bridge } = await open({ path: "/" }, seed);
  await user.click(screen.getByRole("link", { name: "Innstillinger" }));
  expect(document.activeElement).toBe(await heading("Innstillinger"));
  expect(document.title).toBe("Innstillinger – Test – Portner");
  expect(bridge.calls).toContainEqual({ name: "setWindowTitle", args: ["Innstillinger – Test – Portner"] });
  expect(screen.getByRole("link", { name: "Innstillinger" }).getAttribute("aria-current")).toBe("page");
});

test("only areas that exist are in the navigation", async () => {
  await open({ path: "/" }, seed);
  const links = within(screen.getByRole("navigation")).getAllByRole("link");
  await waitFor(() =>
    expect(links.map(({ textContent }) => textContent)).toEqual(["Veien til token3/8", "Hent token", "Sertifikater", "Klient", "Filer til systemet", "Alle oppsett", "Lim inn en feil", "Innstillinger"]),
  );
});

test("Alt with an arrow goes back and forward, Ctrl with comma to the settings", async () => {
  await open({ path: "/" }, seed);
  fireEvent.keyDown(window, { key: ",", ctrlKey: true });
  await heading("Innstillinger");
  fireEvent.keyDown(window, { key: "ArrowLeft", altKey: true });
  await heading("Veien til ditt første token");
  fireEvent.keyDown(window, { key: "ArrowRight", altKey: true });
  await heading("Innstillinger");
});

test("F1 opens the help", async () => {
  await open({ path: "/" }, seed);
  fireEvent.keyDown(window, { key: "F1" });
  await heading("Lim inn en feil");
});

test("without an environment to stay in, the production dialog says what its button does", async () => {
  const empty = makeProfile({ id: "empty", name: "Nytt oppsett" });
  const { user } = await open({ path: "/" }, { profiles: [empty, inProduction] });
  await user.click(screen.getByTestId("setup-selector"));
  await user.click(screen.getByTestId(`setup-${inProduction.id}`));
  const dialog = await screen.findByRole("dialog", { name: "Du går nå til produksjon" });
  expect(within(dialog).getByTestId("production-stay").textContent).toBe("Avbryt");
});

test("the language changes at once and keeps what is typed", async () => {
  const { user, bridge } = await open({ path: "/oppsett/api", mode: "step" }, seed);
  await user.click(screen.getByRole("radio", { name: "Et annet API" }));
  await user.type(screen.getByRole("textbox", { name: "Scope" }), "brreg:losore/tlg");
  await user.click(screen.getByRole("radio", { name: "Nynorsk" }));
  await heading("Kva skal du hente?");
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Scope" }).value).toBe("brreg:losore/tlg");
  expect(document.documentElement.lang).toBe("nn");
  expect(bridge.calls.filter(({ name }) => name === "saveSettings")).toHaveLength(1);
});

test("light and dark go over on the document, and text size too", async () => {
  const { user } = await open({ path: "/innstillinger" }, seed);
  await user.click(screen.getByRole("button", { name: "Bytt mellom lyst og mørkt" }));
  expect(document.documentElement.dataset.colorScheme).toBe("dark");
  await user.click(screen.getByRole("radio", { name: "Størst" }));
  expect(document.documentElement.dataset.textSize).toBe("largest");
});

test("another oppsett is another band", async () => {
  const { user } = await open({ path: "/" }, seed);
  expect(within(band()).getByText("Test")).toBeTruthy();
  await user.click(screen.getByTestId("setup-selector"));
  await user.click(screen.getByTestId(`setup-${inPractice.id}`));
  await waitFor(() => expect(within(band()).getByText("Øvelse")).toBeTruthy());
});

test("what was asked for before the oppsett was changed does not change it back", async () => {
  let answer: (token: Token) => void = () => undefined;
  const { user } = await open({ path: "/token" }, { profiles: [ready, inPractice] }, { requestToken: () => new Promise((resolve) => (answer = resolve)) });
  await user.click(await screen.findByRole("button", { name: "Hent token" }));
  await user.click(screen.getByTestId("setup-selector"));
  await user.click(screen.getByTestId(`setup-${inPractice.id}`));
  await waitFor(() => expect(within(band()).getByText("Øvelse")).toBeTruthy());
  await act(async () => answer(makeToken(120)));
  expect(within(band()).getByText("Øvelse")).toBeTruthy();
});

test("an answer that comes late does not take the place of a later one", async () => {
  const answers: ((profiles: Profile[]) => void)[] = [];
  const { user } = await open({ path: "/oppsett/vilkar", mode: "step" }, seed, {
    listProfiles: () => new Promise((resolve) => void answers.push(resolve)),
  });
  await user.click(await screen.findByTestId("setup-selector"));
  await user.click(screen.getByTestId(`setup-${inPractice.id}`));
  await waitFor(() => expect(answers).toHaveLength(2));
  await act(async () => answers[1]?.([underWay, inPractice]));
  await act(async () => answers[0]?.([underWay, inPractice]));
  expect(within(band()).getByText("Øvelse")).toBeTruthy();
});

test("the setting chosen last holds, whichever answer comes last", async () => {
  const kept: (() => void)[] = [];
  const { user } = await open({ path: "/innstillinger" }, seed, {
    saveSettings: (settings) => new Promise((resolve) => void kept.push(() => resolve(settings))),
  });
  await user.click(screen.getByRole("radio", { name: "Stor" }));
  await user.click(screen.getByRole("radio", { name: "Størst" }));
  await act(async () => [...kept].reverse().forEach((land) => land()));
  expect(document.documentElement.dataset.textSize).toBe("largest");
});

test("production asks for the tick, once a session", async () => {
  const { user, bridge } = await open({ path: "/" }, seed);
  const toProduction = async () => {
    await user.click(screen.getByTestId("setup-selector"));
    await user.click(screen.getByTestId(`setup-${inProduction.id}`));
  };
  await toProduction();
  const dialog = await screen.findByRole("dialog", { name: "Du går nå til produksjon" });
  await user.click(within(dialog).getByRole("button", { name: "Gå til produksjon" }));

  const box = within(dialog).getByRole("checkbox");
  expect(document.activeElement).toBe(box);
  expect(within(dialog).getByText("Kryss av for å bruke produksjon")).toBeTruthy();
  expect(bridge.calls.some(({ name }) => name === "confirmProduction" || name === "activateProfile")).toBe(false);

  await user.click(within(dialog).getByRole("button", { name: "Bli i Test" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(document.activeElement).toBe(screen.getByTestId("setup-selector"));
  expect(band().dataset.environment).toBe("test");

  await toProduction();
  await user.click(await screen.findByRole("checkbox"));
  await user.click(screen.getByRole("button", { name: "Gå til produksjon" }));
  await waitFor(() => expect(band().dataset.environment).toBe("production"));
  expect(bridge.calls.filter(({ name }) => name === "confirmProduction")).toHaveLength(1);
});

test("a window that opens in production asks before anything is done there", async () => {
  const { user } = await open({ path: "/" }, { profiles: [inProduction, underWay] });
  await screen.findByRole("dialog", { name: "Du går nå til produksjon" });
  await user.click(screen.getByRole("button", { name: "Bli i Test" }));
  await waitFor(() => expect(band().dataset.environment).toBe("test"));
});

test("a page that breaks leaves a page that says so, and a way on", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const road = vi.fn().mockResolvedValueOnce({ done: 0, next: null }).mockResolvedValue(roadUnderWay);
  const { user } = await open({ path: "/" }, seed, { road });
  const said = await screen.findByRole("heading", { level: 1, name: "Vi fikk ikke vist siden" });
  expect(said).toBe(document.activeElement);
  await user.click(screen.getByRole("button", { name: "Prøv igjen" }));
  await heading("Veien til ditt første token");
  expect(screen.queryByTestId("broken")).toBeNull();
});

test("what a menu could not do is said at the top", async () => {
  const refused = { code: "unknown", params: {}, detail: null };
  const { user } = await open({ path: "/" }, seed, { activateProfile: () => Promise.reject(refused) });
  await user.click(screen.getByTestId("setup-selector"));
  await user.click(screen.getByTestId(`setup-${inPractice.id}`));
  expect(await screen.findByRole("alert")).toBeTruthy();
});
