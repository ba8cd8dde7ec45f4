import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { failure } from "../../bridge/fake";
import { ownKeyIdentity, testIdentity } from "../../bridge/fixtures/identities";
import { ready, underWay } from "../../bridge/fixtures/samples";
import { open } from "../../test/render";

const step = { path: "/sertifikater", mode: "step" } as const;
const area = { path: "/sertifikater" } as const;

test("a key of one's own is made from the drop zone, used by the oppsett, and shows what to paste", async () => {
  const { user, bridge } = await open(step, { profiles: [underWay] });
  await user.click(await screen.findByRole("button", { name: "Bruk egen nøkkel i stedet" }));
  await screen.findByRole("heading", { level: 1, name: "Lag egen nøkkel" });
  expect(screen.getByText(/^Varer i ett år fra du legger den på klienten\./)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Lag nøkkelen" }));
  await screen.findByRole("heading", { level: 1, name: "Nøkkelen er på plass" });
  const asked = (name: string) => bridge.calls.find((call) => call.name === name)?.args;
  expect(asked("makeOwnKey")).toEqual([{ environment: "test", bits: 3072, keep: "sealed" }]);
  expect(asked("changeProfile")).toEqual(["profile-1", { identity: "identity-made" }]);
  expect((await screen.findByTestId("public-jwk")).textContent).toContain('"kid": "313045285-test-20261120-b1197d5a"');
  expect(screen.getByTestId("public-pem").textContent).toContain("BEGIN PUBLIC KEY");
  await user.click(screen.getByRole("button", { name: "Kopier Nøkkel-ID (kid)" }));
  expect(asked("copyText")).toEqual(["313045285-test-20261120-b1197d5a"]);
});

test("an own key is removed only after it is told that nothing else has it", async () => {
  const { user, bridge } = await open(area, { profiles: [{ ...ready, identity: ownKeyIdentity.id }], identities: [{ ...ownKeyIdentity, used_by: 1 }, testIdentity] });
  await user.click(await screen.findByTestId("show-identity-own"));
  expect(await screen.findByText("Oppsettet bruker denne nøkkelen.")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Fjern …" }));
  const asked = await screen.findByRole("dialog", { name: "Fjerne nøkkelen?" });
  expect(asked.textContent).toContain("Den brukes i 1 oppsett. Den private delen finnes bare her, og kan ikke hentes tilbake.");
  expect(asked.textContent).not.toContain("Filen du importerte fra");
  await user.click(screen.getByRole("button", { name: "Fjern" }));
  expect(await screen.findByText("Nøkkelen er fjernet")).toBeTruthy();
  expect(bridge.calls.find(({ name }) => name === "removeIdentity")?.args).toEqual([ownKeyIdentity.id]);
});

test("an own key can be longer for those who look, and two presses make one", async () => {
  const { user, bridge } = await open(step, { profiles: [underWay] }, { makeOwnKey: () => new Promise(() => undefined) });
  await user.click(await screen.findByRole("button", { name: "Bruk egen nøkkel i stedet" }));
  const length = await screen.findByTestId("key-length");
  length.toggleAttribute("open", true);
  await user.click(screen.getByRole("radio", { name: "4096 bit" }));
  await user.dblClick(screen.getByRole("button", { name: "Lag nøkkelen" }));
  expect(bridge.calls.filter(({ name }) => name === "makeOwnKey").map(({ args }) => args)).toEqual([[{ environment: "test", bits: 4096, keep: "sealed" }]]);
});

test("a name that an own key has already is said at the button", async () => {
  const { user } = await open(step, { profiles: [underWay] }, { makeOwnKey: () => Promise.reject(failure("own_key_name_taken", { kid: "x" })) });
  await user.click(await screen.findByRole("button", { name: "Bruk egen nøkkel i stedet" }));
  await user.click(await screen.findByRole("button", { name: "Lag nøkkelen" }));
  expect((await screen.findByTestId("failure")).textContent).not.toBe("");
});

test("the year of an own key begins when the user says that it is on the client", async () => {
  const { user, bridge } = await open(area, { profiles: [{ ...ready, identity: "identity-own" }], identities: [testIdentity, ownKeyIdentity] });
  await user.click(await screen.findByRole("button", { name: "Vis 313045285-test-20261120-b1197d5a" }));
  const card = await screen.findByTestId("own-key-card");
  expect(card.textContent).toContain("Ikke ennå");
  await user.click(screen.getByRole("button", { name: "Jeg har lagt nøkkelen på klienten" }));
  await waitFor(() => expect(card.textContent).toContain("21. november 2026"));
  expect(bridge.calls.find(({ name }) => name === "noteKeyPosted")?.args).toEqual(["identity-own"]);
  expect(screen.getByRole("button", { name: "Jeg har lagt den på klienten på nytt" })).toBeTruthy();
});

test("an own key is offered beside the list", async () => {
  const { user } = await open(area, { profiles: [ready], identities: [testIdentity] });
  await user.click(await screen.findByRole("button", { name: "Lag egen nøkkel" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Lag egen nøkkel" })).toBe(document.activeElement);
});
