import { act, screen, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import type { Bridge } from "../../bridge/bridge";
import { arrived, disturbed, issued, refused } from "../../bridge/fixtures/practice";
import { inPractice, ready } from "../../bridge/fixtures/samples";
import type { PracticeView } from "../../bridge/wire";
import { open } from "../../test/render";

const route = { path: "/ovelse" } as const;

const openPractice = (practice: PracticeView, tab?: string, answers: Partial<Bridge> = {}) =>
  open({ ...route, tab }, { profiles: [inPractice], practice }, answers);

const switched = (bridge: Awaited<ReturnType<typeof open>>["bridge"]) =>
  bridge.calls.filter(({ name }) => name === "switchScenarios").map(({ args }) => args[0]);

describe("the area", () => {
  test("is in the menu in practice, and nowhere else", async () => {
    await open({ path: "/" }, { profiles: [inPractice] });
    const menu = within((await screen.findAllByRole("navigation"))[0]!);
    expect(menu.getByRole("link", { name: "Øvelse" })).toBeTruthy();
  });

  test("is not in the menu of test", async () => {
    await open({ path: "/" }, { profiles: [ready] });
    expect(screen.queryByRole("link", { name: "Øvelse" })).toBeNull();
  });

  test("says where it belongs when the oppsett is another", async () => {
    const { bridge } = await open(route, { profiles: [ready] });
    expect(await screen.findByTestId("practice-elsewhere")).toBeTruthy();
    expect(bridge.calls.some(({ name }) => name === "practiceView")).toBe(false);
  });
});

test("an answer that was asked for before a switch does not undo it", async () => {
  const asked: ((view: PracticeView) => void)[] = [];
  const { user } = await openPractice(arrived, "scenarios", { practiceView: () => new Promise((resolve) => void asked.push(resolve)) });
  await act(async () => asked[0]?.({ requests: [], scenarios: [] }));
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(1), { timeout: 5000 });
  await user.click(screen.getByRole("checkbox", { name: "Svarene er trege" }));
  await act(async () => asked.slice(1).forEach((answer) => answer({ requests: [], scenarios: [] })));
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Svarene er trege" }).checked).toBe(true);
});

describe("what arrived", () => {
  test("nothing yet leads to the token", async () => {
    const { user } = await openPractice({ requests: [], scenarios: [] });
    await user.click(await screen.findByRole("link", { name: "Gå til «Hent token»" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Hent token" })).toBeTruthy();
  });

  test("each request is told with its address and its answer, the latest first", async () => {
    await openPractice(arrived);
    const told = (await screen.findAllByTestId(/^request-/)).map((summary) => summary.textContent);
    expect(told).toHaveLength(5);
    expect(told[0]).toContain("POST /tokenAvvist: MP-250");
    expect(told[1]).toContain("Avvist: MP-110");
    expect(told[2]).toContain("Token gitt");
    expect(told[3]).toContain("GET /jwkSvarte 200");
  });

  test("a refused one shows the checks it passed, and the one it failed in Maskinporten's words", async () => {
    await openPractice({ requests: [refused], scenarios: [] });
    const rows = within(await screen.findByTestId("checks")).getAllByRole("listitem", { hidden: true });
    expect(rows).toHaveLength(11);
    expect(rows.slice(0, 10).every((row) => row.dataset.state === "ok")).toBe(true);
    expect(rows[10]!.dataset.state).toBe("error");
    expect(rows[10]!.textContent).toContain("aud");
    expect(rows[10]!.textContent).toContain("Invalid JWT claim aud");
  });

  test("one that met a scenario is not blamed on the user", async () => {
    await openPractice({ requests: [disturbed], scenarios: [] });
    const rows = within(await screen.findByTestId("checks")).getAllByRole("listitem", { hidden: true });
    expect(rows).toHaveLength(20);
    expect(rows[19]!.dataset.state).toBe("warning");
    expect(rows[19]!.textContent).toContain("Scenarioet «Tilgangen til scopet mangler» bestemte svaret");
  });

  test("the list is emptied when asked", async () => {
    const { user, bridge } = await openPractice({ requests: [issued], scenarios: [] });
    await user.click(await screen.findByRole("button", { name: "Tøm listen" }));
    expect(await screen.findByTestId("arrived-empty")).toBeTruthy();
    expect(bridge.calls.some(({ name }) => name === "forgetRequests")).toBe(true);
  });
});

describe("scenarios", () => {
  test("one answer at a time, and a slow one with any", async () => {
    const { user, bridge } = await openPractice({ requests: [], scenarios: [] }, "scenarios");
    await user.click(await screen.findByRole("radio", { name: "Klokken går feil" }));
    await user.click(screen.getByRole("checkbox", { name: "Svarene er trege" }));
    await user.click(screen.getByRole("radio", { name: "Tjenesten er nede" }));
    await user.click(screen.getByRole("radio", { name: "Alt virker" }));
    expect(switched(bridge)).toEqual([["clock-skew"], ["clock-skew", "slow"], ["503", "slow"], ["slow"]]);
  });

  test("what is on is shown, counted and turned off at once", async () => {
    const { user, bridge } = await openPractice({ requests: [], scenarios: ["maintenance", "terms-not-signed"] }, "scenarios");
    expect(await screen.findByRole<HTMLInputElement>("radio", { name: "Vedlikehold" })).toHaveProperty("checked", true);
    expect(screen.getByText("2 scenarioer er på")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Slå av alt" }));
    expect(switched(bridge)).toEqual([[]]);
    expect(await screen.findByRole<HTMLInputElement>("radio", { name: "Alt virker" })).toHaveProperty("checked", true);
  });

  test("a choice that did not take is told and taken back", async () => {
    const answers: Partial<Bridge> = { switchScenarios: () => Promise.reject({ code: "practice_unavailable", params: {}, detail: null }) };
    const { user } = await openPractice({ requests: [], scenarios: [] }, "scenarios", answers);
    await user.click(await screen.findByRole("radio", { name: "Vedlikehold" }));
    expect(await screen.findByRole("alert")).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "Alt virker" })).toHaveProperty("checked", true);
  });
});

test.each([
  ["Åpne portalen til øving", "portal"],
  ["Åpne Altinn til øving", "altinn"],
])("«%s» opens that page in its own window", async (name, page) => {
  const { user, bridge } = await openPractice({ requests: [], scenarios: [] }, "pages");
  await user.click(await screen.findByRole("button", { name }));
  expect(bridge.calls.find((call) => call.name === "openPracticePage")?.args).toEqual([page]);
});
