import { act, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Bridge } from "../../bridge/bridge";
import { failure } from "../../bridge/fake";
import { ownerDiffers } from "../../bridge/fixtures/foreseen";
import { productionIdentity, testIdentity } from "../../bridge/fixtures/identities";
import { ready, underWay } from "../../bridge/fixtures/samples";
import type { ManyRow } from "../../bridge/wire";
import { open } from "../../test/render";

const supplier = { ...ready, consumers: ["310886424", "314172604"] };

const row = (index: number, consumer: string, known: Partial<ManyRow> = {}): ManyRow => ({
  index,
  profile: supplier.id,
  consumer,
  token: `t-${index}`,
  expires_at: 1795203823,
  failure: null,
  elapsed_ms: 1,
  ...known,
});

const openAll = (answers: Partial<Bridge> = {}, profile = supplier) =>
  open(
    { path: "/token/alle" },
    { profiles: [profile], identities: [testIdentity, productionIdentity], start: { production_confirmed: true } },
    answers,
  );

test("the customers of last time are there, and each gets an outcome", async () => {
  let end: (end: { issued: number; failed: number; left: number }) => void = () => undefined;
  const { user, bridge } = await openAll({ requestForAll: () => new Promise((resolve) => (end = resolve)) });
  await user.click(await screen.findByRole("button", { name: "Hent 2 token" }));
  expect(bridge.calls.find(({ name }) => name === "requestForAll")?.args).toEqual([supplier.id, supplier.consumers, false]);
  act(() => bridge.tellRow(row(1, "314172604", { token: null, expires_at: null, failure: failure("mp_250", { scope: "a:b" }) })));
  act(() => bridge.tellRow(row(0, "310886424")));
  act(() => bridge.tellRow({ ...row(5, "313045285"), profile: "another" }));
  expect(screen.getByTestId("all-progress").textContent).toBe("2 av 2 er ferdige");
  const [, first, second, ...more] = within(screen.getByRole("table", { name: "Utfall for hver kunde" })).getAllByRole("row");
  expect(more).toEqual([]);
  expect(first?.textContent).toMatch(/310\s886\s424Token utstedt/);
  expect(second?.textContent).toMatch(/314\s172\s604Ikke utstedt.*MP-250/);
  await act(async () => end({ issued: 1, failed: 1, left: 0 }));
  expect(screen.getByTestId("all-end").textContent).toBe("1 token utstedt, 1 ikke utstedt.");
  await user.click(screen.getByRole("checkbox", { name: "Vis bare dem uten token" }));
  expect(within(screen.getByRole("table")).getAllByRole("row")).toHaveLength(2);
});

test("the number on the button is how many are sent", async () => {
  const { user } = await openAll();
  const field = await screen.findByLabelText("Kundenes organisasjonsnumre");
  await user.clear(field);
  await user.paste("313045285 gammel 123456789012\n310886424");
  expect(await screen.findByRole("button", { name: "Hent 2 token" })).toBeTruthy();
});

test("copying a token says when the clipboard is cleared", async () => {
  const { user, bridge } = await openAll();
  await user.click(await screen.findByRole("button", { name: "Hent 2 token" }));
  act(() => bridge.tellRow(row(0, "310886424")));
  await user.click(screen.getByRole("button", { name: /Kopier token for/ }));
  expect(await screen.findByText("Utklippstavlen tømmes om 60 sekunder")).toBeTruthy();
});

test("the outcomes that are saved are those of this oppsett", async () => {
  const { user, bridge } = await openAll();
  await user.click(await screen.findByRole("button", { name: "Hent 2 token" }));
  await user.click(await screen.findByRole("button", { name: "Lagre utfallene (CSV) …" }));
  expect(bridge.calls.find(({ name }) => name === "saveOutcomes")?.args).toEqual([supplier.id]);
});

test("it can be stopped, and the rest is counted", async () => {
  let end: (end: { issued: number; failed: number; left: number }) => void = () => undefined;
  const { user, bridge } = await openAll({
    requestForAll: () => new Promise((resolve) => (end = resolve)),
    cancelRequestForAll: async () => end({ issued: 1, failed: 0, left: 1 }),
  });
  await user.click(await screen.findByRole("button", { name: "Hent 2 token" }));
  await user.click(screen.getByRole("button", { name: "Avbryt" }));
  expect(bridge.calls.some(({ name }) => name === "cancelRequestForAll")).toBe(true);
  expect(screen.getByTestId("all-end").textContent).toBe("Stoppet. 1 token utstedt, 0 ikke utstedt, 1 ikke spurt om.");
});

test("what is foreseen of any of them is listed before the button and asked about, in production twice", async () => {
  const own = { ...ownerDiffers, code: "foreseen_consumer_is_own", place: "consumer" as const, params: { org: "310886424" } };
  const sent = { foreseeForAll: async () => [own] };
  const { user, bridge } = await openAll(sent, { ...supplier, environment: "production", identity: "identity-prod" });
  const list = await screen.findByTestId("foresights");
  expect(list.textContent).toContain("310\u00a0886\u00a0424 er virksomheten som eier klienten");
  expect(list.compareDocumentPosition(screen.getByTestId("get-all")) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  await user.click(within(list).getByRole("button", { name: "Rett kunden" }));
  expect(document.activeElement).toBe(screen.getByLabelText("Kundenes organisasjonsnumre"));

  await user.click(screen.getByTestId("get-all"));
  await user.click(await screen.findByRole("button", { name: "Send likevel" }));
  const asked = () => bridge.calls.filter(({ name }) => name === "requestForAll").map(({ args }) => args[2]);
  expect(asked()).toEqual([]);
  await user.click(await screen.findByRole("button", { name: "Send i produksjon" }));
  expect(asked()).toEqual([true]);
});

test("a list without a number is not sent, and the lines are named", async () => {
  const { user, bridge } = await openAll({ readConsumers: async () => ({ consumers: [], unread: [1, 2], repeated: 0 }) });
  const field = await screen.findByLabelText("Kundenes organisasjonsnumre");
  await user.clear(field);
  await user.type(field, "a{Enter}b");
  await user.click(await screen.findByRole("button", { name: "Hent token" }));
  expect((await screen.findByTestId("read-consumers")).textContent).toContain("Disse linjene har ikke noe organisasjonsnummer: 1, 2.");
  expect(screen.getByText("Vi fant ingen organisasjonsnumre i listen").className).toContain("ds-validation-message");
  expect(document.activeElement).toBe(field);
  expect(bridge.calls.some(({ name }) => name === "requestForAll")).toBe(false);
});

test("a file fills the list", async () => {
  const { user } = await openAll({ pickConsumers: async () => ({ consumers: ["313045285"], unread: [], repeated: 2 }) });
  await user.click(await screen.findByRole("button", { name: "Velg fil …" }));
  expect((await screen.findByLabelText<HTMLTextAreaElement>("Kundenes organisasjonsnumre")).value).toBe("313045285");
  expect(screen.getByText("2 numre stod mer enn én gang.")).toBeTruthy();
});

test("an oppsett that is not complete says what is missing", async () => {
  await openAll({}, underWay);
  expect((await screen.findByTestId("missing-step")).textContent).toContain("Du mangler steg 4");
});
