//! The reasons a refusal may have, checked against what we know.

use keystore::{Certificate, CertificateEnvironment, Purpose};
use maskinporten::{ClientId, Environment, KeyId, OrgNumber, RefusalFacts};
use time::OffsetDateTime;

use crate::{EnvironmentName, Failure, Learnt, TokenOrder, foresee::meant_scope, texts::KNOWN};

/// What is known about a request that was refused; every member may be missing.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct KnownFacts<'a> {
    /// Where it was sent.
    pub(crate) environment: Option<Environment>,
    /// The certificate of the key that signed.
    pub(crate) leaf: Option<&'a Certificate>,
    /// The claim `iss`.
    pub(crate) client_id: Option<&'a str>,
    /// The claim `scope`.
    pub(crate) scope: Option<&'a str>,
    /// The claim `consumer_org`.
    pub(crate) consumer: Option<&'a str>,
    /// The header `kid`.
    pub(crate) kid: Option<&'a str>,
    /// The organisation that owns the client.
    pub(crate) owner: Option<&'a str>,
    /// Another environment, in which the client is known.
    pub(crate) other_environment: Option<Environment>,
    /// When the registered key was posted, seconds since 1970.
    pub(crate) posted_at: Option<i64>,
    /// The environments in which the user noted that access is given.
    pub(crate) granted_in: &'a [Environment],
    /// Our clock.
    pub(crate) now: Option<OffsetDateTime>,
}

/// What earlier answers and the user have told.
#[derive(Debug, Clone, Copy)]
pub struct Past<'a> {
    /// By earlier answers.
    pub learnt: &'a Learnt,
    /// Where the user noted that access is given.
    pub granted_in: &'a [EnvironmentName],
    /// When the user noted that the key was put on the client, in seconds since 1970.
    pub posted_at: Option<i64>,
    /// Our clock.
    pub now: OffsetDateTime,
}

/// A refusal with the values its texts can name, and with the reason that what we know points to:
/// of the request itself, of the certificate of the key that signed, and of the past.
pub fn checked_refusal(
    failure: Failure,
    order: &TokenOrder<'_>,
    leaf: Option<&Certificate>,
    past: &Past<'_>,
) -> Failure {
    let grant = &order.grant;
    let client_id = grant.client_id.as_str();
    let scope = grant.scopes.to_string();
    let kid = order.credential.kid().map(KeyId::as_str);
    let client = past.learnt.of(order.environment, client_id);
    let keys = client.and_then(|client| client.registered_keys.as_ref());
    let key = keys.and_then(|keys| keys.iter().find(|key| Some(key.kid.as_str()) == kid));
    let elsewhere = past.learnt.elsewhere(order.environment, client_id);
    let granted_in = past.granted_in.iter();
    let granted_in: Vec<Environment> = granted_in.copied().map(Environment::from).collect();
    let facts = KnownFacts {
        environment: Some(order.environment),
        leaf,
        client_id: Some(client_id),
        scope: Some(&scope),
        consumer: grant.consumer_org.as_ref().map(OrgNumber::as_str),
        kid,
        owner: client.and_then(|client| client.owner.as_deref()),
        other_environment: elsewhere.map(Environment::from),
        posted_at: key.and_then(|key| key.posted_at).or(past.posted_at),
        granted_in: &granted_in,
        now: Some(past.now),
    };
    checked(failure, &facts)
}

/// The failure with the values its texts can name, and with the reason that holds.
///
/// What the server itself named goes before what we believe we asked.
pub(crate) fn checked(failure: Failure, facts: &KnownFacts<'_>) -> Failure {
    let description = failure.params.get("description").cloned();
    let said = RefusalFacts::read(&description.unwrap_or_default());
    let owned = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let own = facts.leaf.and_then(Certificate::org_number_digits);
    let environment = facts.environment.map(Environment::as_str);
    let named = |org: &Option<OrgNumber>, ours: Option<&str>| {
        org.as_ref()
            .map_or_else(|| owned(ours), |org| org.as_str().to_owned())
    };
    let scope = said.scope.as_ref().map(|scope| scope.as_str());
    let values = [
        ("scope", owned(scope.or(facts.scope))),
        ("client_id", owned(facts.client_id)),
        ("environment", owned(environment)),
        ("org", owned(own)),
        ("owner", owned(facts.owner)),
        ("kid", owned(facts.kid)),
        ("consumer", named(&said.consumer, facts.consumer)),
        ("supplier", named(&said.supplier, own)),
        (
            "organisation",
            owned(facts.leaf.and_then(Certificate::organisation)),
        ),
    ];
    let failure = values.into_iter().fold(failure, |failure, (name, value)| {
        match value.is_empty() || failure.params.contains_key(name) {
            true => failure,
            false => failure.with(name, value),
        }
    });
    match reason(&failure, facts) {
        Some(reason) => reason.put_in(failure),
        None => failure,
    }
}

/// A reason by the end of its key, and the values of its own.
struct Reason {
    known: &'static str,
    values: Vec<(&'static str, String)>,
}

impl Reason {
    fn new(known: &'static str) -> Self {
        Self {
            known,
            values: Vec::new(),
        }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    fn put_in(self, failure: Failure) -> Failure {
        let failure = failure.with(KNOWN, self.known);
        let values = self.values.into_iter();
        values.fold(failure, |failure, (name, value)| failure.with(name, value))
    }
}

fn reason(failure: &Failure, facts: &KnownFacts<'_>) -> Option<Reason> {
    let has = |name: &str| failure.params.contains_key(name);
    match failure.code.as_str() {
        "mp_100" => client(facts),
        "mp_120" => certificate(facts)
            .or_else(|| unfit(facts))
            .or_else(|| revoked(facts)),
        "mp_121" if has("kid") => age(facts),
        "mp_124" => certificate(facts).or_else(|| has("kid").then(|| Reason::new("kid"))),
        "mp_122" if has("org") && has("owner") => Some(Reason::new("owner")),
        "mp_122" if has("org") => Some(Reason::new("org")),
        "mp_200" => spelling(failure.params.get("scope")?),
        "mp_250" => access(facts),
        "mp_251" if has("consumer") && has("supplier") && has("scope") => {
            Some(Reason::new("parties"))
        }
        "consumer_is_own" if has("consumer") => Some(Reason::new("org")),
        "kid_unknown" if has("kid") && has("client_id") => Some(Reason::new("kid")),
        _ => None,
    }
}

fn client(facts: &KnownFacts<'_>) -> Option<Reason> {
    let client_id = facts.client_id?;
    if client_id.parse::<OrgNumber>().is_ok() {
        return Some(Reason::new("org_number"));
    }
    if let Some(other) = facts.other_environment {
        return Some(Reason::new("other_environment").with("other_environment", other.as_str()));
    }
    let looks_right = client_id
        .parse::<ClientId>()
        .is_ok_and(|id| id.looks_given_by_digdir());
    (!looks_right).then(|| Reason::new("shape"))
}

/// What is wrong with the certificate, the certain things first.
fn certificate(facts: &KnownFacts<'_>) -> Option<Reason> {
    use CertificateEnvironment as Kind;
    let leaf = facts.leaf?;
    if facts.now.is_some_and(|now| now > leaf.not_after()) {
        let until = leaf.not_after().date().to_string();
        return Some(Reason::new("expired").with("date", until));
    }
    let made_for = match leaf.environment() {
        Kind::Test => Environment::Test,
        Kind::Production => Environment::Production,
        Kind::Practice => Environment::Practice,
        Kind::Unknown => return Some(Reason::new("issuer").with("issuer", issuer(leaf))),
    };
    let asked = facts
        .environment
        .filter(|asked| *asked != Environment::Custom);
    let is_other = asked.is_some_and(|asked| asked != made_for);
    is_other.then(|| Reason::new("environment").with("other_environment", made_for.as_str()))
}

/// It is of the right environment and time, and still none that can be taken.
fn unfit(facts: &KnownFacts<'_>) -> Option<Reason> {
    let leaf = facts.leaf?;
    if leaf.purpose() == Purpose::Encryption {
        return Some(Reason::new("purpose"));
    }
    // Every practice has an issuer of its own, and knows no other's.
    let is_practice = leaf.environment() == CertificateEnvironment::Practice;
    is_practice.then(|| Reason::new("other_practice"))
}

/// Nothing is wrong that can be seen from here.
fn revoked(facts: &KnownFacts<'_>) -> Option<Reason> {
    let leaf = facts.leaf?;
    facts.environment?;
    let until = leaf.not_after().date().to_string();
    Some(
        Reason::new("revoked")
            .with("issuer", issuer(leaf))
            .with("date", until),
    )
}

/// How long ago the key was posted; only an old one says something.
fn age(facts: &KnownFacts<'_>) -> Option<Reason> {
    let seconds = facts.now?.unix_timestamp() - facts.posted_at?;
    let days = seconds / 86_400;
    (days >= KEY_DAYS_MAX).then(|| Reason::new("age").with("days", days.to_string()))
}

fn access(facts: &KnownFacts<'_>) -> Option<Reason> {
    if let Some(consumer) = facts.consumer {
        return Some(Reason::new("consumer").with("consumer", consumer));
    }
    let here = facts.environment?;
    if facts.granted_in.contains(&here) {
        return facts.leaf.map(|_| Reason::new("noted"));
    }
    let elsewhere = facts.granted_in.first()?;
    Some(Reason::new("other_environment").with("other_environment", elsewhere.as_str()))
}

/// A scope we know that is hardly different.
fn spelling(scope: &str) -> Option<Reason> {
    Some(Reason::new("spelling").with("suggestion", meant_scope(scope)?))
}

fn issuer(leaf: &Certificate) -> String {
    let name = leaf.issuer();
    name.common_name()
        .map_or_else(|| name.to_string(), str::to_owned)
}

/// A key lasts a year from the day it was posted.
const KEY_DAYS_MAX: i64 = 365;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, explain};

    fn why(code: &str, facts: &KnownFacts<'_>) -> String {
        explain(&checked(Failure::new(code), facts), Language::Nb).why
    }

    #[test]
    fn a_client_id_tells_what_is_wrong_with_it() {
        let facts = |client_id| KnownFacts {
            client_id: Some(client_id),
            environment: Some(Environment::Test),
            ..KnownFacts::default()
        };
        assert!(why("mp_100", &facts("991825827")).contains("organisasjonsnummer"));
        assert!(why("mp_100", &facts("mitt-system")).contains("36 tegn"));
        let whole = facts("238259d7-f0ab-4bd5-b253-0f0159375096");
        assert!(why("mp_100", &whole).contains("finnes ikke i test"));
        let elsewhere = KnownFacts {
            other_environment: Some(Environment::Production),
            ..whole
        };
        assert!(why("mp_100", &elsewhere).contains("hører til produksjon"));
    }

    #[test]
    fn an_old_key_is_told_with_its_age() {
        let facts = KnownFacts {
            kid: Some("k1"),
            posted_at: Some(1_760_000_000),
            now: OffsetDateTime::from_unix_timestamp(1_795_000_000).ok(),
            ..KnownFacts::default()
        };
        assert!(why("mp_121", &facts).contains("k1 ble lagt på klienten for 405 dager siden"));
        let young = KnownFacts {
            posted_at: Some(1_794_000_000),
            ..facts
        };
        assert!(!why("mp_121", &young).contains("dager siden"));
    }

    #[test]
    fn the_owner_is_named_where_it_is_known() {
        let failure = Failure::new("mp_122").with("org", "987654321");
        let facts = KnownFacts {
            owner: Some("991825827"),
            ..KnownFacts::default()
        };
        let told = explain(&checked(failure, &facts), Language::Nb).why;
        let expected =
            "Sertifikatet ditt er utstedt til 987654321, men klienten eies av 991825827.";
        assert_eq!(told, expected);
    }

    #[test]
    fn a_misspelt_scope_is_told_with_the_one_that_was_meant() {
        let facts = |scope| KnownFacts {
            scope: Some(scope),
            ..KnownFacts::default()
        };
        assert!(why("mp_200", &facts("brreg:losore/tgl")).contains("brreg:losore/tlg"));
        assert!(!why("mp_200", &facts("brreg:losore/tlg")).contains("ligner"));
        assert!(!why("mp_200", &facts("other:scope")).contains("ligner"));
    }

    #[test]
    fn what_the_server_names_goes_before_what_we_asked() {
        let failure = Failure::new("mp_251").with(
            "description",
            "Consumer 910753614 has not delegated access to the scope a:b to supplier 991825827",
        );
        let facts = KnownFacts {
            scope: Some("c:d"),
            consumer: Some("313045285"),
            ..KnownFacts::default()
        };
        let told = explain(&checked(failure, &facts), Language::En);
        assert!(
            told.why.contains("a:b from 910753614 to 991825827"),
            "{}",
            told.why
        );
    }

    #[test]
    fn what_the_user_noted_about_access_is_held_against_the_refusal() {
        let facts = KnownFacts {
            environment: Some(Environment::Production),
            granted_in: &[Environment::Test],
            ..KnownFacts::default()
        };
        assert!(why("mp_250", &facts).contains("gitt i test, men ikke i produksjon"));
        let for_customer = KnownFacts {
            consumer: Some("910753614"),
            ..facts
        };
        assert!(why("mp_250", &for_customer).contains("kunden 910753614"));
    }

    #[test]
    fn without_facts_the_usual_reason_is_told_in_whole_words() {
        for code in ["mp_100", "mp_120", "mp_122", "mp_200", "mp_250", "mp_251"] {
            let told = why(code, &KnownFacts::default());
            assert!(!told.contains(['{', '}']) && !told.contains("  "), "{told}");
            assert!(!told.contains(" ."), "{told}");
        }
    }
}
