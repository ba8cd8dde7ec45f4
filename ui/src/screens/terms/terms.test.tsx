import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { inProduction, underWay } from "../../bridge/fixtures/samples";
import { open } from "../../test/render";

const page = { path: "/oppsett/vilkar", mode: "step" } as const;

test("two boxes in test; the right in Altinn is asked for in production only", async () => {
  await open(page, { profiles: [underWay] });
  expect(screen.getAllByRole("checkbox")).toHaveLength(2);
});

test("in production there is a recipe to copy for the main administrator", async () => {
  const { user, bridge } = await open(page, { profiles: [inProduction], start: { production_confirmed: true } });
  expect(screen.getAllByRole("checkbox")).toHaveLength(3);
  await user.click(screen.getByRole("button", { name: "Kopier oppskriften til hovedadministratoren" }));
  expect(bridge.calls.find(({ name }) => name === "copyText")?.args[0]).toContain("Selvbetjening av integrasjoner");
  expect(await screen.findByRole("button", { name: "Kopiert" })).toBeTruthy();
});

test("what is ticked is saved, and links open outside", async () => {
  const { user, bridge } = await open(page, { profiles: [{ ...underWay, terms: { accepted: false, user: false, altinn_right: false } }] });
  await user.click(screen.getByRole("button", { name: /Åpne selvbetjeningen/ }));
  expect(bridge.calls).toContainEqual({ name: "openLink", args: ["https://selvbetjening.test.samarbeid.digdir.no"] });
  await user.click(screen.getByRole("checkbox", { name: /Virksomheten har godtatt/ }));
  await user.dblClick(screen.getByRole("button", { name: "Lagre og fortsett" }));
  await waitFor(() =>
    expect(bridge.calls.filter(({ name }) => name === "changeProfile")).toEqual([
      { name: "changeProfile", args: ["profile-1", { terms: { accepted: true, user: false, altinn_right: false } }] },
    ]),
  );
});
