import { Link, type LinkProps } from "@digdir/designsystemet-react";
import { useApp } from "../app/app-state";
import type { Route } from "../app/route";

type AppLinkProps = Omit<LinkProps, "href" | "onClick"> & { to: Pick<Route, "path"> & Partial<Route> };

/** A link to a page of the window. A real link to assistive technology, though there is no address bar. */
export function AppLink({ to, children, ...rest }: AppLinkProps) {
  const { go } = useApp();
  return (
    <Link
      {...rest}
      href={`#${to.path}`}
      onClick={(event) => {
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </Link>
  );
}
