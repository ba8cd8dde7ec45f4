/** Eleven digits, the last two of which are check digits modulo 11: a fødselsnummer or a d-nummer. */
export function isPersonNumber(typed: string): boolean {
  if (!/^\d{11}$/.test(typed)) return false;
  const digits = [...typed].map(Number);
  return [WEIGHTS_1, WEIGHTS_2].every((weights) => weights.reduce((sum, weight, at) => sum + weight * (digits[at] ?? 0), 0) % 11 === 0);
}

/** Both check digits count with weight one: a right number sums to a multiple of eleven. */
const WEIGHTS_1 = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];
const WEIGHTS_2 = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
