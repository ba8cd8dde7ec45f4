import { Fragment } from "react";

/** A scope in monospace that may break after `:`, `/` and `.`. */
export function ScopeText({ scope }: { scope: string }) {
  return (
    <code className="app-scope">
      {scope.split(/(?<=[:/.])/).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </code>
  );
}
