/** What is wrong with a typed organisation number: key under `token.org_number`. */
export type OrgNumberFault = "missing" | "length" | "check_digit";

/** The nine digits a person typed, without spaces and the «NO» and «MVA» of invoices. */
export function orgDigits(typed: string): string {
  return typed.replace(/\s/g, "").replace(/^NO/i, "").replace(/MVA$/i, "");
}

/** Null when the digits are a Norwegian organisation number: nine, the last one the mod-11 check digit. */
export function orgNumberFault(digits: string): OrgNumberFault | null {
  if (digits === "") return "missing";
  if (!/^\d{9}$/.test(digits)) return "length";
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === Number(digits[8]) ? null : "check_digit";
}

const WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2];
