import { useEffect, useRef } from "react";
import { useApp } from "../../app/app-state";
import type { Profile } from "../../bridge/wire";

type TokenKeys = {
  profile: Profile;
  /** Null when nothing can be asked for. Never rejects, and does nothing while one is under way. */
  request: (() => Promise<void>) | null;
};

/**
 * Ctrl+Enter asks for a token, Ctrl+Shift+C copies it (⌘ on macOS).
 * In production Ctrl+Enter works only from the button itself, or once production has been confirmed.
 */
export function useTokenKeys(keys: TokenKeys) {
  const { productionConfirmed } = useApp();
  const latest = useRef(keys);
  latest.current = keys;

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if ((!event.ctrlKey && !event.metaKey) || document.querySelector("dialog[open]")) return;
      if (event.key === "Enter") {
        const { profile, request } = latest.current;
        const allowed = profile.environment !== "production" || productionConfirmed || onButton();
        if (!request || !allowed) return;
        event.preventDefault();
        // A key that is held down is one press.
        if (!event.repeat) void request();
      } else if (event.shiftKey && event.key.toLowerCase() === "c") {
        const copy = document.querySelector<HTMLElement>('[data-testid="copy-token"]');
        if (!copy) return;
        event.preventDefault();
        copy.click();
      }
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [productionConfirmed]);
}

function onButton(): boolean {
  return document.activeElement?.matches("[data-requests-token]") ?? false;
}
