/** What stands between spaces and line breaks. */
export function wordsIn(typed: string): string[] {
  return typed.split(/\s+/).filter(Boolean);
}

/** `prefix:subscope` (Digdir, "Scopes"). */
export function isScope(word: string): boolean {
  return /^[^\s:]+:[^\s]+$/.test(word);
}
