import type { ReactNode } from "react";

export type ListedStep = { id: string; title: ReactNode; text?: ReactNode; children?: ReactNode };

/** Things to do in order, each with its number. */
export function StepList({ steps }: { steps: ListedStep[] }) {
  return (
    <ol className="app-steps">
      {steps.map(({ id, title, text, children }) => (
        <li key={id} className="app-steps-item">
          <p className="app-steps-title">{title}</p>
          {text && <p className="app-steps-text">{text}</p>}
          {children}
        </li>
      ))}
    </ol>
  );
}
