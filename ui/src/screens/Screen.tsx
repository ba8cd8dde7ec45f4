import { useApp } from "../app/app-state";
import { CertificatesScreen } from "./certificates";
import { ClientScreen } from "./client";
import { TokenScreen } from "./token";

/** The page of the route. */
export function Screen() {
  const { route } = useApp();
  switch (route.path) {
    case "/sertifikater":
      return <CertificatesScreen mode={route.mode} tab={route.tab} />;
    case "/klient":
      return <ClientScreen mode={route.mode} tab={route.tab} />;
    default:
      return <TokenScreen mode={route.mode} tab={route.tab} />;
  }
}
