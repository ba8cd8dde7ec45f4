//! The exchange of a Maskinporten token for an Altinn token (Altinn, Authentication).

use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::fault::Fault;
use crate::access_token::TokenKey;
use crate::answer;
use crate::bearer::{Issuer, TokenFault, VerifiedToken, bearer};
use crate::call::Call;
use crate::check::Check;
use crate::endpoints::Endpoints;
use crate::received::Trail;
use crate::scenario::Scenario;

/// `GET /authentication/api/v1/exchange/{provider}`.
pub(super) fn exchange(
    endpoints: &Endpoints,
    call: &Call,
    provider: &str,
    trail: &mut Trail,
) -> Result<Response, Fault> {
    if !PROVIDERS.contains(&provider) {
        return Err(Fault::Bare(StatusCode::BAD_REQUEST));
    }
    let issuer = match provider {
        "maskinporten" => endpoints.maskinporten(),
        // Nobody signs for the other providers here, so no token of theirs can hold.
        name => Issuer { name, key: None },
    };
    // Audience is not checked.
    let token = issuer
        .verify(bearer(&call.headers), call.now, CLOCK_SKEW_S, trail)
        .map_err(Fault::Unauthorized)?;
    let org_number = token
        .consumer()
        .ok_or(Fault::Unauthorized(TokenFault::Consumer))?;
    trail.passed(Check::TokenConsumer);
    if call.headers.contains_key(ENTERPRISE_USER) {
        return Err(Fault::EnterpriseUser);
    }
    let is_test = call.query("test") == Some("true");
    let registry = endpoints.registry();
    let organisation = registry
        .organisations
        .iter()
        .find(|known| known.number == org_number);
    let org = match organisation {
        _ if !token.scope().contains(SERVICE_OWNER) => None,
        Some(known) if is_test && known.service_owner.as_deref() == Some("digdir") => {
            Some("ttd".to_owned())
        }
        Some(known) => known.service_owner.clone(),
        None => None,
    };
    drop(registry);
    let quotes = endpoints.scenarios().contains(Scenario::AltinnQuotes);
    let claims = claims(endpoints, call, &token, org_number.as_str(), org);
    let token = key(endpoints).sign(&claims).map_err(|error| {
        tracing::error!(%error, "the Altinn token was not signed");
        Fault::Bare(StatusCode::INTERNAL_SERVER_ERROR)
    })?;
    Ok(match quotes || accepts_json(call) {
        true => answer::json(StatusCode::OK, &Value::String(token)),
        false => answer::text(StatusCode::OK, token),
    })
}

/// `…/openid/.well-known/openid-configuration`.
pub(super) fn metadata(endpoints: &Endpoints) -> Value {
    let issuer = issuer_name(&endpoints.issuer);
    json!({
        "issuer": issuer,
        "jwks_uri": format!("{issuer}.well-known/openid-configuration/jwks"),
        "id_token_signing_alg_values_supported": ["RS256"],
    })
}

/// The name of Altinn as an issuer, beside a Maskinporten of this name.
fn issuer_name(maskinporten: &str) -> String {
    format!("{maskinporten}authentication/api/v1/openid/")
}

/// Altinn's own key, made when it is first needed.
pub(super) fn key(endpoints: &Endpoints) -> &TokenKey {
    endpoints
        .altinn_key
        .get_or_init(|| TokenKey::make().expect("a key can be made, as the other was"))
}

/// Verifies a token that Altinn gave in exchange. While nothing has been exchanged there is none,
/// and no key is made for looking at one.
pub(crate) fn verify_exchanged(
    endpoints: &Endpoints,
    call: &Call,
    skew_s: i64,
    trail: &mut Trail,
) -> Result<VerifiedToken, TokenFault> {
    let altinn = Issuer {
        name: &issuer_name(&endpoints.issuer),
        key: endpoints.altinn_key.get(),
    };
    altinn.verify(bearer(&call.headers), call.now, skew_s, trail)
}

/// The claims of the Maskinporten token, but for some, and Altinn's own.
fn claims(
    endpoints: &Endpoints,
    call: &Call,
    token: &VerifiedToken,
    org_number: &str,
    org: Option<String>,
) -> Value {
    let mut claims: Map<String, Value> = token.claims().clone();
    claims.retain(|name, _| !["aud", "iss", "client_amr", "sid"].contains(&name.as_str()));
    let now = call.now.unix_timestamp();
    let mut put = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    put("iss", issuer_name(&endpoints.issuer).into());
    put("sid", Uuid::new_v4().to_string().into());
    put("iat", now.into());
    put("nbf", now.into());
    put("exp", (now + LIFETIME_S).into());
    put("urn:altinn:orgNumber", org_number.into());
    put("urn:altinn:authenticatemethod", "maskinporten".into());
    put("urn:altinn:authlevel", 3.into());
    if let Some(org) = org {
        put("urn:altinn:org", org.into());
    }
    Value::Object(claims)
}

fn accepts_json(call: &Call) -> bool {
    let accept = call.headers.get(header::ACCEPT);
    let accept = accept.and_then(|value| value.to_str().ok());
    accept.is_some_and(|value| {
        let first = value.split([',', ';']).next().unwrap_or_default();
        first.trim().eq_ignore_ascii_case("application/json")
    })
}

/// How far the clocks of Maskinporten and Altinn may be apart.
pub(super) const CLOCK_SKEW_S: i64 = 10;

/// Counted from the exchange, so that the Altinn token outlives the other.
const LIFETIME_S: i64 = 30 * 60;

const PROVIDERS: [&str; 3] = ["maskinporten", "id-porten", "altinnstudio"];

/// Without it in the scope there is no `urn:altinn:org`.
const SERVICE_OWNER: &str = "altinn:serviceowner";

/// How virksomhetsbrukere logged in before they were done away with.
const ENTERPRISE_USER: &str = "x-altinn-enterpriseuser-authentication";
