import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { open } from "../../test/render";

const first = { start: { first_run: true } };

test("the first window offers three roads and no sidebar", async () => {
  await open({ path: "/" }, first);
  expect(screen.getByRole("heading", { level: 1, name: "Velkommen. Hva vil du gjøre?" })).toBeTruthy();
  expect(screen.queryByRole("navigation")).toBeNull();
  expect(screen.queryByTestId("env-band")).toBeNull();
  expect(screen.getAllByRole("button", { name: /Start øvelsen|Begynn oppsettet|Gå til Hent token/ })).toHaveLength(3);
});

test("«Start øvelsen» makes one oppsett and leads to step 6", async () => {
  const { user, bridge } = await open({ path: "/velkommen" }, first);
  await user.dblClick(screen.getByRole("button", { name: "Start øvelsen" }));
  await screen.findByRole("heading", { level: 1, name: "Veien til ditt første token" });
  expect(bridge.calls.filter(({ name }) => name === "startPractice")).toHaveLength(1);
  await waitFor(() => expect(screen.getByTestId("task-6-status").textContent).toBe("Neste"));
  expect(screen.getByTestId("env-band").textContent).toContain("Du øver.");
});

test("«Begynn oppsettet» makes an empty oppsett whose next step is the first", async () => {
  const { user } = await open({ path: "/velkommen" }, first);
  await user.click(screen.getByRole("button", { name: "Begynn oppsettet" }));
  await screen.findByRole("button", { name: "Start" });
  expect(screen.getByTestId("env-band").textContent).toContain("Miljø er ikke valgt");
});

test("what cannot be started is said beside the button", async () => {
  const { user } = await open({ path: "/velkommen" }, first, {
    startPractice: () => Promise.reject({ code: "unknown", params: {}, detail: null }),
  });
  await user.click(screen.getByRole("button", { name: "Start øvelsen" }));
  expect(await screen.findByRole("alert")).toBeTruthy();
});
