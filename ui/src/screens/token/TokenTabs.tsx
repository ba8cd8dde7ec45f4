import { Tabs } from "@digdir/designsystemet-react";
import type { Profile, Token } from "../../bridge/wire";
import { useText } from "../../i18n/text";
import { ClaimsTab } from "./ClaimsTab";
import { RawTab } from "./RawTab";
import { SentTab } from "./SentTab";
import { UseTab } from "./UseTab";
import type { Reveal } from "./use-reveal";

export type TokenTab = "claims" | "use" | "sent" | "raw";

type TokenTabsProps = {
  token: Token;
  profile: Profile;
  over: boolean;
  reveal: Reveal;
  chosen: TokenTab;
  onChoose: (tab: TokenTab) => void;
};

/** Four views of the same token. */
export function TokenTabs({ token, profile, over, reveal, chosen, onChoose }: TokenTabsProps) {
  const { t } = useText();
  return (
    <Tabs value={chosen} onChange={(tab) => onChoose(tab as TokenTab)}>
      <Tabs.List aria-label={t("token.tabs.label")}>
        {TABS.map((tab) => (
          <Tabs.Tab key={tab} value={tab} data-testid={`tab-${tab}`}>
            {t(`token.tabs.${tab}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="claims">
        <ClaimsTab claims={token.claims} profile={profile} />
      </Tabs.Panel>
      <Tabs.Panel value="use">
        <UseTab token={token} profile={profile} reveal={reveal} over={over} />
      </Tabs.Panel>
      <Tabs.Panel value="sent">
        <SentTab sent={token.sent} />
      </Tabs.Panel>
      <Tabs.Panel value="raw">
        <RawTab token={token} profile={profile} />
      </Tabs.Panel>
    </Tabs>
  );
}

const TABS: TokenTab[] = ["claims", "use", "sent", "raw"];
