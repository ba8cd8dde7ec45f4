import { Button } from "@digdir/designsystemet-react";
import { PencilIcon } from "@navikt/aksel-icons";
import type { ReactNode } from "react";

type UsingBarProps = {
  label: string;
  items: { id: string; label: string; value: ReactNode }[];
  change: string;
  onChange: () => void;
};

/** What will be used, on one line, with one way to change it. */
export function UsingBar({ label, items, change, onChange }: UsingBarProps) {
  return (
    <section className="app-using" aria-label={label} data-testid="using-bar">
      <dl className="app-using-items">
        {items.map((item) => (
          <div key={item.id} className="app-using-item">
            <dt>{item.label}</dt>
            <dd>{item.value}</dd>
          </div>
        ))}
      </dl>
      <Button variant="tertiary" data-color="neutral" onClick={onChange}>
        <PencilIcon aria-hidden fontSize="1.25rem" />
        {change}
      </Button>
    </section>
  );
}
