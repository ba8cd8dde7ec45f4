import type { EnvironmentName, Identity, Keep, PublicKeyTexts } from "./wire";

/** A key as the program would make it; there is nothing behind it. */
export function makeOwnKey(environment: EnvironmentName, keep: Keep, bits: number): Identity {
  return {
    id: "identity-made",
    keep,
    certificate: null,
    own_key: {
      kid: `313045285-${environment}-20261120-b1197d5a`,
      environment,
      made_at: "2026-11-20T12:00:00Z",
      posted_at: null,
      renew_by: "2027-11-20T12:00:00Z",
      days_left: 365,
      key_type: "RSA",
      key_bits: bits,
      sha256: "9d5b6c1f0e4a7b3c2d8e9f0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e",
    },
    checks: [
      { code: "own_key_current", state: "ok", params: { date: "2027-11-20" } },
      { code: "key_strong", state: "ok", params: { bits: String(bits) } },
    ],
    used_by: 1,
  };
}

/** The same, put on the client. */
export function posted(identity: Identity | undefined): Identity {
  if (!identity?.own_key) throw { code: "identity_missing", params: {}, detail: null };
  return { ...identity, own_key: { ...identity.own_key, posted_at: "2026-11-21T09:00:00Z", renew_by: "2027-11-21T09:00:00Z" } };
}

export function publicKeyOf(identity: Identity | undefined): PublicKeyTexts {
  const kid = identity?.own_key?.kid ?? "mNcE8Dy6Xv3Bb2zVbS6Kp1dTq0aQmQyYbG8l2n3o4p5";
  const jwk = JSON.stringify({ kty: "RSA", use: "sig", alg: "RS256", kid, e: "AQAB", n: "xkYp0w" }, null, 2);
  return {
    kid,
    jwk,
    jwks: JSON.stringify({ keys: [JSON.parse(jwk)] }, null, 2),
    pem: "-----BEGIN PUBLIC KEY-----\nMIIBojANBgkqhkiG9w0BAQEFAAOCAY8AMIIBigKCAYEAxkYp0w==\n-----END PUBLIC KEY-----\n",
  };
}
