import { useEffect } from "react";
import { useApp } from "./app-state";

/** Shortcuts that work on every page: help, settings, back and forward. ⌘ stands in for Ctrl on a Mac. */
export function useShortcuts() {
  const { go, back, forward } = useApp();

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
      const act = shortcut(event, { go, back, forward });
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [go, back, forward]);
}

type Moves = Pick<ReturnType<typeof useApp>, "go" | "back" | "forward">;

function shortcut(event: KeyboardEvent, { go, back, forward }: Moves): (() => void) | null {
  if (event.key === "F1" && !event.repeat) return () => go({ path: "/hjelp/lim-inn" });
  if ((event.ctrlKey || event.metaKey) && event.key === ",") return () => go({ path: "/innstillinger" });
  // On a Mac, Alt with an arrow moves by words in a text field.
  if (!event.altKey || event.ctrlKey || event.metaKey || isTextField(event.target)) return null;
  if (event.key === "ArrowLeft") return back;
  if (event.key === "ArrowRight") return forward;
  return null;
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("textarea, input:not([type=radio]):not([type=checkbox])");
}
