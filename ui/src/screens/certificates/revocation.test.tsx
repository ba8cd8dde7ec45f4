import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Bridge } from "../../bridge/bridge";
import { failure } from "../../bridge/fake";
import { addedIssuers, makeRevocation, testIdentity } from "../../bridge/fixtures/identities";
import { inPractice, ready } from "../../bridge/fixtures/samples";
import { open } from "../../test/render";

const area = { path: "/sertifikater" } as const;

async function asked(answer: Parameters<typeof makeRevocation>[0], more: Partial<Bridge> = {}, identity = testIdentity) {
  const page = await open(area, { profiles: [ready], identities: [identity] }, { checkRevocation: async () => makeRevocation(answer), ...more });
  await page.user.click(await screen.findByRole("button", { name: "Vis GRANITT SPAREBANK" }));
  expect(page.bridge.calls.some(({ name }) => name === "checkRevocation")).toBe(false);
  await page.user.click(await screen.findByRole("button", { name: "Sjekk om sertifikatet er sperret" }));
  return page;
}

test.each([
  [{ state: "good", as_of: "2026-11-20T11:58:00Z", host: "ocsp.buypass.no" }, ["Sertifikatet er ikke sperret", "ocsp.buypass.no svarte med det som gjaldt 20. november 2026"]],
  [{ state: "revoked", revoked_at: "2026-11-02T09:00:00Z", reason: "keyCompromise" }, ["Sertifikatet er sperret siden 2. november 2026", "den private nøkkelen kan være på avveie", "Bestill nytt"]],
  [{ state: "unknown" }, ["Utstederen kjenner ikke sertifikatet"]],
  [{ state: "unreachable", problem: "not_reached" }, ["Vi fikk ikke noe svar", "Det betyr ikke at sertifikatet er sperret.", "Vi kom ikke frem"]],
] as const)("%o is told with when it was asked", async (answer, said) => {
  await asked(answer);
  const told = await screen.findByTestId(`revocation-${answer.state}`);
  for (const words of [...said, "Spurt 20. november 2026"]) expect(told.textContent).toContain(words);
});

test("an issuer that is missing can be added from a file, and the checks are read anew", async () => {
  const { user, bridge } = await asked({ state: "unreachable", problem: "issuer_missing" }, { addIssuers: async () => [] });
  const lists = () => bridge.calls.filter(({ name }) => name === "listIdentities").length;
  const before = lists();
  await user.click(await screen.findByRole("button", { name: "Legg til fra fil …" }));
  await waitFor(() => expect(lists()).toBe(before + 1));
});

test("an incomplete chain can be fetched, and what was not found is said", async () => {
  const checks = [{ code: "chain_incomplete", state: "info" as const, params: {} }];
  const { user } = await asked({ state: "good" }, { fetchIssuers: () => Promise.reject(failure("issuers_not_fetched")) }, { ...testIdentity, checks });
  await user.click(screen.getByRole("button", { name: "Hent det fra utstederen" }));
  expect((await screen.findByTestId("failure")).textContent).toContain("Vi fant ikke utstederens sertifikat");
});

test("in practice nobody is asked, as the band says", async () => {
  await open(area, { profiles: [{ ...inPractice, identity: "identity-1" }], identities: [testIdentity] });
  await userEvent.click(await screen.findByRole("button", { name: "Vis GRANITT SPAREBANK" }));
  expect((await screen.findByTestId("revocation")).textContent).toContain("I øvelse sendes ingenting ut");
  expect(screen.queryByTestId("check-revocation")).toBeNull();
  expect(screen.queryByTestId("fetch-issuers")).toBeNull();
});

test("issuers that were added are listed, and one that is removed is gone and the checks are read anew", async () => {
  let kept = addedIssuers;
  const removeIssuer = async (sha256: string) => void (kept = kept.filter((one) => one.sha256 !== sha256));
  const { user, bridge } = await open(area, { profiles: [ready], identities: [testIdentity] }, { listIssuers: async () => kept, removeIssuer });
  const section = await screen.findByRole("region", { name: "Utstedersertifikater du har lagt til" });
  expect(section.textContent).toContain("Kjent rot · gyldig til 17. november 2045");
  const lists = () => bridge.calls.filter(({ name }) => name === "listIdentities").length;
  const before = lists();
  await user.click(screen.getByRole("button", { name: "Fjern Buypass Class 3 Test4 Root CA G2 ST" }));
  await screen.findByText("Buypass Class 3 Test4 Root CA G2 ST er fjernet");
  expect(screen.queryByRole("button", { name: "Fjern Buypass Class 3 Test4 Root CA G2 ST" })).toBeNull();
  expect(screen.getByRole("button", { name: "Fjern Buypass Class 3 Test4 CA G2 ST Business" })).toBeTruthy();
  await waitFor(() => expect(lists()).toBe(before + 1));
  expect(document.activeElement).toBe(section);
});

test("an issuer that cannot be removed stays, with the reason", async () => {
  await open(area, { profiles: [ready], identities: [testIdentity] }, { listIssuers: async () => addedIssuers, removeIssuer: () => Promise.reject(failure("issuer_missing")) });
  await userEvent.click(await screen.findByRole("button", { name: "Fjern Buypass Class 3 Test4 Root CA G2 ST" }));
  await screen.findByTestId("failure");
  expect(screen.getByRole("button", { name: "Fjern Buypass Class 3 Test4 Root CA G2 ST" })).toBeTruthy();
});

test("where none was added there is no list of them", async () => {
  await open(area, { profiles: [ready], identities: [testIdentity] });
  await screen.findByTestId("certificate-list");
  expect(screen.queryByTestId("issuers")).toBeNull();
});
