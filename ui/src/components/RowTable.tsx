import type { ReactNode } from "react";

type RowTableProps = {
  headings: string[];
  /** Id of the heading that names it. */
  labelledBy?: string;
  testId: string;
  /** Rows of cells, with their roles told. */
  children: ReactNode;
};

/** A table whose rows are stacked on narrow windows. The roles are told: engines forget then that it is a table. */
export function RowTable({ headings, labelledBy, testId, children }: RowTableProps) {
  return (
    <table className="app-claims" role="table" aria-labelledby={labelledBy} data-testid={testId}>
      <thead role="rowgroup">
        <tr role="row">
          {headings.map((heading) => (
            <th key={heading} role="columnheader" scope="col">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">{children}</tbody>
    </table>
  );
}
