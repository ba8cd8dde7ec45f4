// A server on oidc-provider that makes the checks of a registered key's grant which the practice
// Maskinporten makes, for `cargo xtask bench` to compare with.
//
// Reads `{"issuer_port", "client_id", "org", "scope", "audience", "jwk"}` from the file named on the command
// line, prints one line when it listens, and ends on SIGTERM.

import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { compactVerify, decodeProtectedHeader, importJWK } from "jose";
import Provider, { errors } from "oidc-provider";

const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const HEADER = new Set(["alg", "kid", "typ"]);
const CLAIMS = new Set(["aud", "iss", "scope", "iat", "exp", "jti", "resource", "pid", "consumer_org", "authorization_details"]);
const SKEW_S = 10;
const LIFETIME_S = 120;

const wanted = JSON.parse(readFileSync(process.argv[2], "utf8"));
const key = await importJWK(wanted.jwk, "RS256");
const signing = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
const issuer = `http://127.0.0.1:${wanted.issuer_port}`;
const resource = "https://example.com/";
const used = new Map();

const provider = new Provider(issuer, {
  jwks: { keys: [{ ...signing, use: "sig", alg: "RS256", kid: "peer" }] },
  scopes: [wanted.scope],
  clients: [
    {
      client_id: wanted.client_id,
      token_endpoint_auth_method: "none",
      grant_types: [JWT_BEARER],
      response_types: [],
      redirect_uris: [],
      scope: wanted.scope,
    },
  ],
  ttl: { ClientCredentials: LIFETIME_S },
  extraTokenClaims: () => ({
    client_amr: "private_key_jwt",
    consumer: { authority: "iso6523-actorid-upis", ID: `0192:${wanted.org}` },
  }),
  features: {
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: () => server,
    },
  },
});

const server = {
  scope: wanted.scope,
  audience: resource,
  accessTokenTTL: LIFETIME_S,
  accessTokenFormat: "jwt",
  jwt: { sign: { alg: "RS256" } },
};

provider.registerGrantType(
  JWT_BEARER,
  async (ctx) => {
    const { client, params } = ctx.oidc;
    const claims = await checked(params.assertion, client.clientId);
    const { ClientCredentials, ResourceServer } = provider;
    const token = new ClientCredentials({ client, scope: claims.scope });
    token.resourceServer = new ResourceServer(resource, server);
    ctx.body = {
      access_token: await token.save(),
      token_type: "Bearer",
      expires_in: token.expiration,
      scope: claims.scope,
    };
  },
  ["assertion"],
);

async function checked(assertion, clientId) {
  const refused = (text) => new errors.InvalidGrant(text);
  const header = decodeProtectedHeader(assertion);
  if (!Object.keys(header).every((name) => HEADER.has(name))) throw refused("header");
  if (header.alg !== "RS256") throw refused("alg");
  if (header.kid !== wanted.jwk.kid) throw refused("kid");
  const { payload } = await compactVerify(assertion, key).catch(() => {
    throw refused("signature");
  });
  const claims = JSON.parse(new TextDecoder().decode(payload));
  const now = Math.floor(Date.now() / 1000);
  if (claims.iss !== clientId) throw refused("iss");
  if (claims.aud !== wanted.audience) throw refused("aud");
  if (claims.iat > now + SKEW_S || claims.iat < now - SKEW_S) throw refused("iat");
  if (claims.exp <= now || claims.exp - claims.iat > LIFETIME_S) throw refused("exp");
  if (!Object.keys(claims).every((name) => CLAIMS.has(name))) throw refused("claims");
  if (!useOnce(`${claims.iss}\0${claims.jti}`, claims.iat + SKEW_S, now)) throw refused("jti");
  if (!claims.scope.split(" ").every((scope) => scope === wanted.scope)) throw refused("scope");
  return claims;
}

/** Each jti is remembered for as long as its grant could pass the check of its time. */
function useOnce(jti, until, now) {
  for (const [old, end] of used) {
    if (end >= now) break;
    used.delete(old);
  }
  if (used.has(jti)) return false;
  used.set(jti, until);
  return true;
}

const listening = provider.listen(wanted.issuer_port, "127.0.0.1", () => {
  console.log(JSON.stringify({ issuer: `${issuer}/`, token_endpoint: `${issuer}/token` }));
});
// Whoever asks signs many grants between two rounds, and then asks on the same connections.
listening.keepAliveTimeout = 60_000;
process.on("SIGTERM", () => listening.close(() => process.exit(0)));
