import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { failure } from "../../bridge/fake";
import { ENTRIES } from "../../bridge/fixtures/pass";
import { underWay } from "../../bridge/fixtures/samples";
import type { AuditEntry } from "../../bridge/wire";
import { open } from "../../test/render";

async function openLog(entries: AuditEntry[]) {
  const opened = await open({ path: "/innstillinger" }, { profiles: [underWay] }, { auditEntries: async () => entries });
  await opened.user.click(screen.getByRole("tab", { name: "Logg og diagnose" }));
  return opened;
}

test("the log tells of every request what came of it, where, and for whom", async () => {
  await openLog(ENTRIES);
  const rows = within(await screen.findByRole("table", { name: "Siste hendelser" })).getAllByRole("row");
  expect(rows).toHaveLength(ENTRIES.length + 1);
  const [, refused, issued, cancelled, production] = rows.map(({ textContent }) => textContent ?? "");
  expect(refused).toContain("MP-250");
  expect(refused).toContain("sporings-ID 6f1c0a9e77d24c1b");
  expect(refused).toContain("Advarsel");
  expect(issued).toMatch(/Token utstedt.*Test.*brreg:reelle\/rapporteringspliktig.*klient 2b45e138…00ea · for 313\s045\s285/);
  expect(cancelled).toContain("Forespørselen ble avbrutt");
  expect(production).toContain("Produksjon");
});

test("an empty log says so, and how long lines are kept", async () => {
  await openLog([]);
  expect(await screen.findByText("Ingen har bedt om token ennå.")).toBeTruthy();
  expect(screen.getByText("Loggen slettes etter 30 dager. Den inneholder aldri token, passord eller private nøkler.")).toBeTruthy();
});

test("a log that cannot be read is not told as an empty one", async () => {
  const { user } = await open({ path: "/innstillinger" }, { profiles: [underWay] }, { auditEntries: () => Promise.reject(failure("audit_unreadable")) });
  await user.click(screen.getByRole("tab", { name: "Logg og diagnose" }));
  expect(await screen.findByTestId("failure")).toBeTruthy();
  expect(screen.queryByText("Ingen har bedt om token ennå.")).toBeNull();
});

test("the log is exported and its folder opened by the program", async () => {
  const { user, bridge } = await openLog(ENTRIES);
  await user.click(screen.getByRole("button", { name: "Eksporter …" }));
  expect(await screen.findByText("Lagret som portner-requests.jsonl.")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Åpne loggmappen" }));
  expect(bridge.calls.some(({ name }) => name === "openLogFolder")).toBe(true);
});
