/** What was pasted, without the blanks and line breaks that come along. */
export function trimmedClientId(typed: string): string {
  return typed.replace(/\s/g, "");
}

/** A UUID, or the older form of ID-porten's time. */
export function looksLikeClientId(id: string): boolean {
  return UUID.test(id) || LEGACY.test(id);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const LEGACY = /^oidc_[\w-]+$/;
