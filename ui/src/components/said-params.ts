import { orgNumber } from "../i18n/formats";
import type { Text } from "../i18n/text";

/**
 * The values of a failure or a check, as a person reads them.
 * The program sends dates as "2026-03-14", environments by their wire name and organisation numbers as nine digits.
 */
export function saidParams(text: Text, params: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, said(text, name, value)]));
}

function said({ date, maybe }: Text, name: string, value: string): string {
  if (/^\d{4}-\d{2}-\d{2}/.test(value)) return date(value.slice(0, ISO_DATE_LENGTH));
  if (name === "environment") return maybe(`env.${value}.name`) ?? value;
  return orgNumber(value);
}

const ISO_DATE_LENGTH = 10;
