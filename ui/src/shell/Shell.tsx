import type { ReactNode } from "react";

export function Shell({ children }: { children: ReactNode }) {
  return <main className="app-main" tabIndex={-1}>{children}</main>;
}
