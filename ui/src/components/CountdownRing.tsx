import { useState } from "react";
import { useText } from "../i18n/text";
import { durationText } from "./duration";

type CountdownRingProps = {
  /** Seconds left; never below 0. */
  left: number;
  /** Seconds from full ring to empty. */
  total: number;
};

/**
 * How long something is still good for.
 * The picture moves each second; its name changes only at 60, 30, 10 and 0 seconds, so that it does not chatter.
 */
export function CountdownRing({ left, total }: CountdownRingProps) {
  const text = useText();
  const [first] = useState(left);
  const mark = MARKS.find((limit) => left <= limit);
  const named = mark !== undefined && mark < first ? mark : first;
  const share = total > 0 ? Math.min(1, left / total) : 0;

  return (
    <div
      className="app-ring"
      role="img"
      aria-label={named === 0 ? text.t("token.left.over") : text.t("token.left.left", { time: durationText(text, named) })}
      data-state={left === 0 ? "over" : left <= SOON_S ? "soon" : "good"}
      data-testid="token-countdown"
    >
      <svg viewBox="0 0 88 88" aria-hidden="true">
        <circle className="app-ring-track" cx="44" cy="44" r="39" />
        {left > 0 && <circle className="app-ring-left" cx="44" cy="44" r="39" pathLength={100} strokeDasharray={`${share * 100} 100`} />}
      </svg>
      <span aria-hidden="true" className="app-ring-digits">
        {clockFace(left)}
      </span>
    </div>
  );
}

/** "1:54", "1:59:59". */
function clockFace(left: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const minutes = Math.floor(left / 60);
  return minutes < 60 ? `${minutes}:${two(left % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(left % 60)}`;
}

const MARKS = [0, 10, 30, 60];
const SOON_S = 20;
