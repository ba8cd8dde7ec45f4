import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";
import { loadLanguage } from "../i18n/languages";

afterEach(cleanup);

// What a test waits for comes at once on an idle machine; on a busy one a page that is fetched when asked for may take seconds.
configure({ asyncUtilTimeout: 10_000 });

// Tests read the catalogues of all three at once.
await Promise.all([loadLanguage("nn"), loadLanguage("en")]);

// jsdom lacks what Designsystemet's elements ask the browser for.
class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver ??= Observer;
globalThis.CSS ??= { escape: (text: string) => text.replace(/[^\w-]/g, "\\$&"), supports: () => false } as never;
Element.prototype.scrollIntoView ??= () => undefined;
document.getAnimations ??= () => [];
HTMLDialogElement.prototype.show ??= function (this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.open = false;
  this.dispatchEvent(new Event("close"));
};
