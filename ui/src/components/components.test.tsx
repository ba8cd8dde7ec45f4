import { act, render, renderHook, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { BridgeProvider } from "../bridge/context";
import { makeFakeBridge } from "../bridge/fake";
import type { Bridge } from "../bridge/bridge";
import { ActionButton } from "./ActionButton";
import { CopyButton } from "./CopyButton";
import { CopyRow } from "./CopyRow";
import { MailDraft } from "./MailDraft";
import { ScopeText } from "./ScopeText";
import { useOnce } from "./use-once";

function show(element: React.ReactNode, answers: Partial<Bridge> = {}) {
  const bridge = makeFakeBridge({}, answers);
  render(<BridgeProvider value={bridge}>{element}</BridgeProvider>);
  return { bridge, user: userEvent.setup() };
}

test("a button acts once while in flight, says so, and acts again afterwards", async () => {
  let land = () => {};
  const onAct = vi.fn(() => new Promise<void>((resolve) => (land = resolve)));
  const { user } = show(<ActionButton onAct={onAct}>Hent</ActionButton>);
  const button = screen.getByRole("button", { name: "Hent" });
  await user.dblClick(button);
  expect(onAct).toHaveBeenCalledTimes(1);
  expect(button.getAttribute("aria-busy")).toBe("true");
  await act(async () => land());
  expect(button.hasAttribute("aria-busy")).toBe(false);
  await user.click(button);
  expect(onAct).toHaveBeenCalledTimes(2);
});

test("two runs in the same moment are one", async () => {
  const action = vi.fn(async () => undefined);
  const { result } = renderHook(() => useOnce(action));
  await act(async () => {
    result.current.run();
    result.current.run();
  });
  expect(action).toHaveBeenCalledTimes(1);
});

test("a refusal is told, and the button can be pressed again", async () => {
  const onAct = vi.fn(() => Promise.reject({ code: "unknown", params: {}, detail: null }));
  const { user } = show(<ActionButton onAct={onAct}>Hent</ActionButton>);
  await user.click(screen.getByRole("button", { name: "Hent" }));
  expect(screen.getByRole("alert")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Hent" }));
  expect(onAct).toHaveBeenCalledTimes(2);
});

test("copying says «Kopiert» to eye and ear, then the label comes back", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { bridge, user } = show(<CopyRow label="Klient-ID" value="2b45" />);
  await user.click(screen.getByRole("button", { name: "Kopier Klient-ID" }));
  expect(bridge.calls).toEqual([{ name: "copyText", args: ["2b45"] }]);
  expect(screen.getByRole("button", { name: "Kopiert" })).toBeTruthy();
  expect(screen.getByRole("status").textContent).toBe("Kopiert");
  await act(async () => vi.advanceTimersByTime(1900));
  expect(screen.getByRole("button", { name: "Kopier Klient-ID" })).toBeTruthy();
  vi.useRealTimers();
});

test("what cannot be copied is said", async () => {
  const { user } = show(<CopyButton text="x" />, { copyText: () => Promise.reject(new Error("no")) });
  await user.click(screen.getByRole("button", { name: "Kopier" }));
  expect(await screen.findByRole("button", { name: "Kunne ikke kopiere" })).toBeTruthy();
});

test("an edited e-mail leaves as edited, and each recipient has its own", async () => {
  const drafts = [
    { id: "owner", recipient: "API-tilbyder", to: "opendata@brreg.no", subject: "Tilgang", body: "Hei!" },
    { id: "digdir", recipient: "Digdir", to: "servicedesk@digdir.no", subject: "Feil", body: "Hallo!" },
  ];
  const { bridge, user } = show(<MailDraft drafts={drafts} preferred="digdir" />);
  const text = screen.getByRole<HTMLTextAreaElement>("textbox");
  expect(text.value).toBe("Til: servicedesk@digdir.no\nEmne: Feil\n\nHallo!");
  await user.type(text, " Takk.");
  await user.click(screen.getByRole("button", { name: /Åpne/ }));
  expect(bridge.calls).toEqual([{ name: "openMail", args: ["servicedesk@digdir.no", "Feil", "Hallo! Takk."] }]);
  await user.click(screen.getByRole("radio", { name: "API-tilbyder" }));
  expect(screen.getByRole<HTMLTextAreaElement>("textbox").value).toContain("Hei!");
});

test("a letter without a recipient is not opened until one is written", async () => {
  const { bridge, user } = show(<MailDraft drafts={[{ id: "order", recipient: "", to: "", subject: "Tilgang", body: "Hei!" }]} />);
  const text = screen.getByRole<HTMLTextAreaElement>("textbox");
  await user.click(screen.getByRole("button", { name: /Åpne/ }));
  expect(document.activeElement).toBe(text);
  expect(bridge.calls).toEqual([]);
  await user.clear(text);
  await user.type(text, "Til: api@example.no{Enter}Emne: Noe annet{Enter}{Enter}Hei{Enter}på deg!");
  await user.click(screen.getByRole("button", { name: /Åpne/ }));
  expect(bridge.calls).toEqual([{ name: "openMail", args: ["api@example.no", "Noe annet", "Hei\npå deg!"] }]);
});

test("a scope may break after its marks and reads as one word", () => {
  const { container } = render(<ScopeText scope="brreg:reelle/rapporteringspliktig" />);
  expect(container.textContent).toBe("brreg:reelle/rapporteringspliktig");
  expect(container.querySelectorAll("wbr")).toHaveLength(2);
});
