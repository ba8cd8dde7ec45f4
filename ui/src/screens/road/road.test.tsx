import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { makeProfile, roadOf, type Seed } from "../../bridge/fake";
import { roadFixtures } from "../../bridge/fixtures/road";
import { open } from "../../test/render";
import { workingDaysSince } from "./describe";

const opened = (name: string) => open({ path: "/" }, (roadFixtures[name]?.seed ?? {}) as Seed);
const card = () => screen.findByTestId("next-card");

test("each status has its words, and the link is described by them", async () => {
  const statuses = ["done", "waiting", "skipped", "fix", "next", "todo", "blocked", "todo"] as const;
  await open({ path: "/" }, { profiles: [makeProfile({ environment: "test" })], road: roadOf([...statuses]) });
  const words = ["Ferdig", "Venter på svar", "Trengs ikke i øvelse", "Må rettes", "Neste", "Ikke startet", "Kan ikke starte ennå", "Ikke startet"];
  await card();
  words.forEach((word, index) => expect(screen.getByTestId(`task-${index + 1}-status`).textContent).toBe(word));
  const link = screen.getByRole("link", { name: "Opprett klient i Maskinporten" });
  expect(link.getAttribute("aria-describedby")).toBe("task-5-status");
});

test("a step that cannot start yet is still a link", async () => {
  const { user } = await opened("road.underway");
  await card();
  await user.click(within(screen.getByTestId("task-8")).getByRole("link"));
  expect(await screen.findByRole("heading", { level: 1, name: "Lag filer til systemet ditt" })).toBeTruthy();
});

test("progress is a sentence, said once to the eye and once to the ear", async () => {
  await opened("road.underway");
  await card();
  expect(screen.getByRole("img", { name: "3 av 8 steg er ferdige" })).toBeTruthy();
  expect(screen.getByTestId("progress").textContent).toBe("3 av 8 steg er ferdige");
});

test("descriptions tell what is known, in the words of the window", async () => {
  await opened("road.underway");
  await card();
  expect(within(screen.getByTestId("task-1")).getByText("Reelle rettighetshavere · Test")).toBeTruthy();
  expect(within(screen.getByTestId("task-2")).getByText("Brønnøysundregistrene bekreftet 12. november")).toBeTruthy();
  expect(within(screen.getByTestId("task-5")).getByText("Krever at sertifikatet er importert")).toBeTruthy();
});

test.each([
  ["road.nothing", "Velg API og miljø", "Start"],
  ["road.underway", "Importer virksomhetssertifikatet", "Fortsett"],
  ["road.waiting", "Mens du venter: Importer virksomhetssertifikatet", "Fortsett"],
  ["road.fix", "Importer virksomhetssertifikatet", "Rett det"],
])("%s: the card says %s, and its one button %s", async (name, title, button) => {
  await opened(name);
  expect(within(await card()).getByRole("heading", { name: new RegExp(title) })).toBeTruthy();
  expect(within(await card()).getAllByRole("button").map(({ textContent }) => textContent)).toEqual([button]);
});

test("at the end of the road in test, production is next, and asks first", async () => {
  const { user, bridge } = await opened("road.done");
  expect(within(await card()).getByText("Klienten virker i test. Neste naturlige steg er produksjon.")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Lag samme oppsett i produksjon" }));
  await user.click(await screen.findByRole("checkbox"));
  await user.click(screen.getByRole("button", { name: "Gå til produksjon" }));
  await waitFor(() => expect(bridge.calls).toContainEqual({ name: "copyProfile", args: ["profile-1", { environment: "production" }] }));
});

test("at the end of the practice, test is next", async () => {
  const { user, bridge } = await opened("road.practice.done");
  await user.click(await screen.findByRole("button", { name: "Begynn i test" }));
  await waitFor(() => expect(bridge.calls).toContainEqual({ name: "copyProfile", args: ["profile-practice", { environment: "test" }] }));
});

test("a double click on «Start øvelse» starts one", async () => {
  const { user, bridge } = await opened("road.underway");
  await user.dblClick(await screen.findByRole("button", { name: "Start øvelse" }));
  await waitFor(() => expect(screen.getByTestId("env-band").dataset.environment).toBe("practice"));
  expect(bridge.calls.filter(({ name }) => name === "startPractice")).toHaveLength(1);
});

test.each([
  ["2026-11-12", "2026-11-12", 0],
  ["2026-11-12", "2026-11-16", 2],
  ["2026-11-12", "2026-11-18", 4],
  ["2026-11-12", "2026-11-19", 5],
])("from %s to %s there are %i working days", (sent, today, days) => {
  expect(workingDaysSince(sent, new Date(`${today}T12:00:00`))).toBe(days);
});

test("a certificate that runs out is said on the road", async () => {
  const reminder = { code: "expires_soon", state: "warning", params: { days: "30", date: "2026-12-20" } } as const;
  await open({ path: "/" }, { profiles: [makeProfile({ environment: "test" })], road: { ...roadOf(["next"]), reminder } });
  await card();
  expect(screen.getByTestId("reminder").textContent).toContain("Sertifikatet utløper om 30 dager");
  expect(screen.getByTestId("reminder").textContent).toContain("Bestill nytt i god tid.");
});
