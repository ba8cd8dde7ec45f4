import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { makeProfile } from "../../bridge/fake";
import { underWay } from "../../bridge/fixtures/samples";
import { open } from "../../test/render";
import { toIso } from "./draft";

const page = { path: "/oppsett/tilgang", mode: "step" } as const;
const mail = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: /posten du sender/ });
const save = () => screen.getByRole("button", { name: "Lagre og fortsett" });

test.each([
  ["12.11.2026", "2026-11-12"],
  [" 1/2-2026 ", "2026-02-01"],
  ["31.2.2026", null],
  ["2026-11-12", null],
  ["i går", null],
])("«%s» is read as %s", (typed, iso) => expect(toIso(typed)).toBe(iso));

test("the e-mail is filled from what is kept, and goes to the API provider", async () => {
  const { user, bridge } = await open(page, { profiles: [underWay] });
  expect(mail().value).toContain("Til: opendata@brreg.no");
  expect(mail().value).toContain("Virksomhet: GRANITT SPAREBANK");
  await user.click(screen.getByRole("button", { name: /Åpne i e.post/ }));
  const { args } = bridge.calls.find(({ name }) => name === "openMail") ?? { args: [] };
  expect(args.slice(0, 2)).toEqual(["opendata@brreg.no", "Bestilling av tilgang – Register over reelle rettighetshavere"]);
  expect(args[2]).toMatch(/^Hei! Vi bestiller tilgang til scopet under\.\n\nOrganisasjonsnummer: 313\u00a0045\u00a0285\n/);
  expect(args[2]).toMatch(/\nMiljø: Test \(test\.maskinporten\.no\)$/);
});

test("typing in the form shows in the e-mail, and is kept with the order", async () => {
  const empty = makeProfile({ service: "losoreregisteret", scopes: ["brreg:losore/tlg"], environment: "test" });
  const { user, bridge } = await open(page, { profiles: [empty] });
  await user.type(await screen.findByRole("textbox", { name: "Virksomhet" }), "FJELLSTØTT");
  expect(mail().value).toContain("Virksomhet: FJELLSTØTT");
  await user.click(save());
  await waitFor(() => expect(bridge.calls.some(({ name }) => name === "changeProfile")).toBe(true));
  expect(bridge.calls.find(({ name }) => name === "changeProfile")?.args[1]).toMatchObject({
    order: { state: "not_sent" },
    order_form: { organisation: "FJELLSTØTT" },
  });
});

test("an e-mail that was edited still follows the form and the language", async () => {
  const { user } = await open(page, { profiles: [underWay] });
  await user.type(mail(), "{Enter}Takk!");
  const form = await screen.findByTestId("order-organisation");
  await user.clear(form);
  await user.type(form, "FJELLSTØTT");
  expect(mail().value).toContain("\nVirksomhet: FJELLSTØTT\n");
  expect(mail().value).toMatch(/Takk!$/);
  await user.click(screen.getByRole("radio", { name: "Nynorsk" }));
  const letter = () => screen.getByTestId("mail-draft").querySelector("textarea")?.value;
  await waitFor(() => expect(letter()).toContain("\nVerksemd: FJELLSTØTT\n"));
  expect(letter()).toMatch(/Takk!$/);
});

test("the details of another oppsett are not asked for again", async () => {
  const next = makeProfile({ id: "next", service: "losoreregisteret", scopes: ["brreg:losore/tlg"], environment: "test" });
  await open(page, { profiles: [next, underWay] });
  expect((await screen.findByRole<HTMLTextAreaElement>("textbox", { name: /posten du sender/ })).value).toContain("Kari Nilsen");
});

test("«Sendt» asks for the day, and says what is wrong with it at the field", async () => {
  const { user, bridge } = await open(page, { profiles: [underWay] });
  await user.click(screen.getByRole("radio", { name: "Sendt – jeg venter på svar" }));
  const field = screen.getByRole("textbox", { name: "Når sendte du den?" });
  await user.clear(field);
  await user.type(field, "1.1.2999");
  await user.click(save());
  expect(screen.getByText("Datoen kan ikke være frem i tid")).toBeTruthy();
  expect(document.activeElement).toBe(field);
  await user.clear(field);
  await user.type(field, "12.11.2025");
  await user.click(save());
  await waitFor(() => expect(bridge.calls.find(({ name }) => name === "changeProfile")?.args[1]).toMatchObject({ order: { state: "sent", sent_on: "2025-11-12" } }));
});

test("«Vi har fått tilgang» needs an environment", async () => {
  const { user, bridge } = await open(page, { profiles: [underWay] });
  await user.click(screen.getByRole("checkbox", { name: "Test" }));
  await user.click(save());
  expect(screen.getByText("Kryss av for minst ett miljø")).toBeTruthy();
  await user.click(screen.getByRole("checkbox", { name: "Produksjon" }));
  await user.click(save());
  await waitFor(() => expect(bridge.calls.find(({ name }) => name === "changeProfile")?.args[1]).toMatchObject({ order: { state: "granted", granted_in: ["production"] } }));
});

test("consent-based loan applications are ordered through Bits, not by e-mail", async () => {
  await open(page, { profiles: [{ ...underWay, service: "samtykkebasert-lanesoknad" }] });
  expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toContain("Registrer finansforetaket hos Bits.");
  expect(screen.queryByTestId("mail-draft")).toBeNull();
});
