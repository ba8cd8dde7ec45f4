import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { inPractice, underWay } from "../../bridge/fixtures/samples";
import { open } from "../../test/render";

const page = { path: "/oppsett/miljo", mode: "step" } as const;
const undecided = { ...underWay, environment: null };
const radio = (name: string) => screen.getByRole<HTMLInputElement>("radio", { name });
const band = () => screen.getByTestId("env-band").dataset.environment;

test("practice is the choice for a first oppsett, test for the next; production never", async () => {
  await open(page, { profiles: [undecided] });
  expect(radio("Øvelse").checked).toBe(true);
});

test("a second oppsett begins with test", async () => {
  await open(page, { profiles: [undecided, inPractice] });
  expect(radio("Test").checked).toBe(true);
});

test("the band changes when the choice is saved, not when it is touched", async () => {
  const { user, bridge } = await open(page, { profiles: [undecided] });
  await user.click(radio("Test"));
  expect(band()).toBe("none");
  await user.click(screen.getByRole("button", { name: "Lagre og fortsett" }));
  await waitFor(() => expect(band()).toBe("test"));
  expect(bridge.calls).toContainEqual({ name: "changeProfile", args: ["profile-1", { environment: "test" }] });
});

test("production needs the tick, and the focus goes to the box", async () => {
  const { user, bridge } = await open(page, { profiles: [undecided] });
  await user.click(radio("Produksjon"));
  await user.click(screen.getByRole("button", { name: "Bruk produksjon" }));
  expect(document.activeElement).toBe(screen.getByRole("checkbox"));
  expect(screen.getByText("Kryss av for å bruke produksjon")).toBeTruthy();
  expect(bridge.calls.some(({ name }) => name === "changeProfile")).toBe(false);

  await user.click(screen.getByRole("checkbox"));
  await user.click(screen.getByRole("button", { name: "Bruk produksjon" }));
  await waitFor(() => expect(band()).toBe("production"));
  const names = bridge.calls.map(({ name }) => name);
  expect(names.indexOf("confirmProduction")).toBeLessThan(names.indexOf("changeProfile"));
});

test("an oppsett keeps its environment: another one is a copy", async () => {
  const { user, bridge } = await open(page, { profiles: [underWay] });
  await user.click(radio("Øvelse"));
  expect(screen.getByTestId("copy-notice").textContent).toBe("Oppsettet du har, blir stående i Test. Vi lager et likt i Øvelse.");
  await user.dblClick(screen.getByRole("button", { name: "Lagre og fortsett" }));
  await waitFor(() => expect(band()).toBe("practice"));
  expect(bridge.calls.filter(({ name }) => name === "copyProfile")).toEqual([{ name: "copyProfile", args: ["profile-1", { environment: "practice" }] }]);
});

test("a like oppsett in that environment is opened, not made again", async () => {
  const { user, bridge } = await open(page, { profiles: [underWay, inPractice] });
  await user.click(radio("Øvelse"));
  await user.click(screen.getByRole("button", { name: "Lagre og fortsett" }));
  await waitFor(() => expect(band()).toBe("practice"));
  expect(bridge.calls.some(({ name }) => name === "copyProfile")).toBe(false);
});
