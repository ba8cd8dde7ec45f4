import { act, screen, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { failure } from "../../bridge/fake";
import { fixtures } from "../../bridge/fixtures";
import type { ExplainedFinding } from "../../bridge/wire";
import { open } from "../../test/render";

const route = { path: "/hjelp/lim-inn" } as const;
const seed = fixtures["explain.empty"]?.seed;

async function answerOf(name: string): Promise<ExplainedFinding[]> {
  const explained = await fixtures[name]?.answers?.explainText?.("", "nb");
  return explained?.findings ?? [];
}

const field = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Feilen, forespørselen eller loggen" });
const press = () => screen.getByRole("button", { name: "Finn ut hva det betyr" });

test("the findings come gravest first, each with why, what to do, who and source", async () => {
  const findings = await answerOf("explain.several");
  const { user, bridge } = await open(route, seed, { explainText: async () => ({ findings }) });
  await user.type(field(), "MP-250");
  await user.click(press());
  const heading = await screen.findByRole("heading", { name: "Vi fant 3 ting" });
  expect(heading).toBe(document.activeElement);
  expect(bridge.calls.find(({ name }) => name === "explainText")?.args).toEqual(["MP-250", "nb"]);
  const cards = screen.getAllByTestId("finding");
  expect(cards.map((card) => card.dataset.gravity)).toEqual(["refused", "wrong", "remark"]);
  const first = within(cards[0] as HTMLElement);
  expect(first.getByRole("heading", { name: findings[0]?.what })).toBeTruthy();
  expect(first.getByText("MP-250")).toBeTruthy();
  expect(first.getAllByRole("listitem")).toHaveLength(3);
  expect(first.getByText("API-tilbyderen kan hjelpe deg.")).toBeTruthy();
  expect(first.getByText("Linje 1")).toBeTruthy();
});

test("everything local is said on the page", async () => {
  await open(route, seed);
  expect(screen.getByText("Alt skjer på denne maskinen. Teksten sendes ingen steder og lagres ikke.")).toBeTruthy();
});

test("an empty field is said at the field, and nothing is asked", async () => {
  const { user, bridge } = await open(route, seed);
  await user.click(press());
  expect(screen.getByText("Lim inn noe først")).toBeTruthy();
  expect(field()).toBe(document.activeElement);
  expect(bridge.calls.some(({ name }) => name === "explainText")).toBe(false);
});

test("what is not recognised is said honestly", async () => {
  const { user } = await open(route, seed);
  await user.type(field(), "hei");
  await user.click(press());
  expect(await screen.findByRole("heading", { name: "Vi kjenner ikke igjen noe her" })).toBeTruthy();
});

test("a private key is taken out of the field, and not asked about again", async () => {
  const explainText = vi.fn(async () => ({ findings: await answerOf("explain.private-key") }));
  const { user } = await open(route, seed, { explainText });
  await user.type(field(), "BEGIN PRIVATE KEY");
  await user.click(press());
  await screen.findByRole("heading", { name: "Du har limt inn en privat nøkkel." });
  expect(field().value).toBe("");
  await user.click(screen.getByRole("radio", { name: "Nynorsk" }));
  await act(async () => undefined);
  expect(explainText).toHaveBeenCalledTimes(1);
});

test("another language asks again, so that the findings speak it", async () => {
  const { user, bridge } = await open(route, seed, { explainText: async () => ({ findings: await answerOf("explain.one") }) });
  await user.type(field(), "MP-250");
  await user.click(press());
  await screen.findByTestId("explain-findings");
  await user.click(screen.getByRole("radio", { name: "Nynorsk" }));
  await vi.waitFor(() => {
    const asked = bridge.calls.filter(({ name }) => name === "explainText").map(({ args }) => args[1]);
    expect(asked).toEqual(["nb", "nn"]);
  });
});

test("another language does not move the focus, and says so when it cannot be had", async () => {
  const one = await answerOf("explain.one");
  const explainText = vi.fn().mockResolvedValueOnce({ findings: one }).mockResolvedValueOnce({ findings: [...one] }).mockRejectedValueOnce(failure("unknown"));
  const { user } = await open(route, seed, { explainText });
  await user.type(field(), "MP-250");
  await user.click(press());
  await screen.findByTestId("explain-findings");
  const other = screen.getByRole("radio", { name: "Nynorsk" });
  await user.click(other);
  await vi.waitFor(() => expect(explainText).toHaveBeenCalledTimes(2));
  await act(async () => undefined);
  expect(document.activeElement).toBe(other);
  await user.click(screen.getByRole("radio", { name: "English" }));
  expect(await screen.findByTestId("failure")).toBeTruthy();
});

test("the text is gone when the page is left or cleared", async () => {
  const { user } = await open(route, seed);
  await user.type(field(), "MP-200");
  await user.click(screen.getByRole("button", { name: "Tøm" }));
  expect(field().value).toBe("");
  await user.type(field(), "MP-200");
  await user.click(screen.getByTestId("nav-innstillinger"));
  await user.click(screen.getByTestId("nav-hjelp/lim-inn"));
  expect((await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Feilen, forespørselen eller loggen" })).value).toBe("");
});
