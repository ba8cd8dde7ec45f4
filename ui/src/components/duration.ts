import type { Text } from "../i18n/text";

/** A length of time in words: "1 minutt og 54 sekunder". */
export function durationText({ t }: Pick<Text, "t">, seconds: number): string {
  const whole = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (whole === 0) return t("token.left.seconds", { count: rest });
  const minutes = t("token.left.minutes", { count: whole });
  return rest === 0 ? minutes : t("token.left.both", { minutes, seconds: t("token.left.seconds", { count: rest }) });
}
