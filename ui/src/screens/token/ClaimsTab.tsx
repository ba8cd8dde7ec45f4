import type { ClaimRow, Profile } from "../../bridge/wire";
import { RowTable } from "../../components/RowTable";
import { ScopeText } from "../../components/ScopeText";
import { secondsNow } from "../../components/use-now";
import { sharedText } from "../../i18n/shared";
import { fill, useText, type Text } from "../../i18n/text";

/** What the token says, field by field: plain word first, technical word under it. */
export function ClaimsTab({ claims, profile, testId = "claims" }: { claims: ClaimRow[]; profile: Profile; testId?: string }) {
  const text = useText();
  const { t } = text;
  const headings = [t("token.claims.field"), t("token.claims.value"), t("token.claims.meaning")];
  return (
    <RowTable headings={headings} testId={testId}>
      {claims.map((claim) => {
        const { label, meaning } = wordsOf(text, claim, profile);
        return (
          <tr key={claim.name} role="row">
            <th role="rowheader" scope="row">
              {label && <span className="app-claims-label">{label}</span>}
              <code className="app-claims-name">{claim.name}</code>
            </th>
            <td role="cell">
              <Value claim={claim} />
            </td>
            <td role="cell" className="app-claims-meaning">
              {meaning}
            </td>
          </tr>
        );
      })}
    </RowTable>
  );
}

function Value({ claim }: { claim: ClaimRow }) {
  const { t, date, time } = useText();
  if (claim.time !== null) {
    const clock = time(claim.time);
    const today = date(claim.time) === date(secondsNow());
    const utc = new Date(claim.time * 1000).toISOString();
    return (
      <time dateTime={utc} data-tooltip={utc.replace("T", " ").replace(".000Z", " UTC")} tabIndex={0}>
        {today ? t("token.claims.today", { time: clock }) : t("token.claims.when", { date: date(claim.time), time: clock })}
      </time>
    );
  }
  if (PLAIN.includes(claim.name)) return claim.value;
  return claim.value.split(" ").map((word) => (
    <span key={word} className="app-claims-word">
      <ScopeText scope={word} />
    </span>
  ));
}

function wordsOf({ language, t, maybe }: Text, { name, known }: ClaimRow, { environment }: Profile) {
  const found = known ? sharedText(language, "claims", name) : null;
  if (found === null || typeof found === "string") return { label: null, meaning: t("token.claims.unknown") };
  const say = (part: string | string[] | undefined) =>
    typeof part === "string" ? fill(part, { environment: maybe(`env.${environment}.name`) ?? "" }) : null;
  return { label: say(found.label), meaning: say(found.meaning) };
}

/** Values for people; the others are for machines and stand in monospace. */
const PLAIN = ["consumer", "supplier", "client_amr", "token_type"];
