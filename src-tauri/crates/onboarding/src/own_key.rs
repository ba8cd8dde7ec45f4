use keystore::{PrivateKey, PublicKey};
use maskinporten::{KeyId, OrgNumber};
use serde::{Deserialize, Serialize};
use time::{Date, Duration, OffsetDateTime, format_description::well_known::Rfc3339};
use ts_rs::TS;

use crate::{Check, CheckState, EnvironmentName, Failure, Keep};

/// A key made here, without any certificate («egen nøkkel»): its public half is registered on the client under its
/// `kid`, and a grant names it by that.
#[derive(Debug)]
pub struct OwnKey {
    facts: OwnKeyFacts,
    key: PrivateKey,
}

/// What may be known of it by anyone; it lies open beside the sealed key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnKeyFacts {
    /// Its name on the client.
    kid: KeyId,
    /// Where it is used, and nowhere else.
    environment: EnvironmentName,
    /// Seconds since 1970, UTC.
    made_at: i64,
    /// When the user said that it was put on the client; seconds since 1970, UTC.
    posted_at: Option<i64>,
    /// PEM.
    public_key: String,
}

/// How a new key is to be.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct OwnKeyOrder {
    /// The environment it is for.
    pub environment: EnvironmentName,
    /// Where it is kept: sealed, or in memory until the window closes.
    pub keep: Keep,
    /// 2048, 3072 or 4096; otherwise 3072.
    #[serde(default)]
    pub bits: Option<u32>,
    /// Its name; otherwise one that no other key has is made.
    #[serde(default)]
    pub kid: Option<String>,
}

/// What there is to show of a key without certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OwnKeyCard {
    /// Its name on the client.
    pub kid: String,
    /// Where it is used, and nowhere else.
    pub environment: EnvironmentName,
    /// When it was made, RFC 3339 UTC.
    pub made_at: String,
    /// When the user said that it was put on the client, RFC 3339 UTC.
    pub posted_at: Option<String>,
    /// When it must be put on the client anew, or replaced: RFC 3339 UTC.
    pub renew_by: String,
    /// Whole days until then; negative when it has passed.
    pub days_left: i32,
    /// RSA.
    pub key_type: String,
    /// Length of the key in bits.
    pub key_bits: u32,
    /// SHA-256 of the public key in hexadecimal.
    pub sha256: String,
}

/// The public half of a key, in the forms that self-service takes. Not secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PublicKeyTexts {
    /// The name in the JWK.
    pub kid: String,
    /// One JWK.
    pub jwk: String,
    /// A set with that JWK.
    pub jwks: String,
    /// The key alone, as PEM; it has no name.
    pub pem: String,
}

impl OwnKey {
    /// Makes a new key; takes a second or so. Errors with `own_key_length` for lengths that are not offered.
    pub(crate) fn make(
        kid: KeyId,
        environment: EnvironmentName,
        bits: u32,
        now: OffsetDateTime,
    ) -> Result<Self, Failure> {
        if !LENGTHS.contains(&bits) {
            return Err(Failure::new("own_key_length").with("bits", bits.to_string()));
        }
        let key = PrivateKey::generate_rsa(bits)?;
        let public = key
            .public_key()
            .expect("the key was made as RSA, whose public half is always told");
        let public_key = String::from_utf8(keystore::write_public_key_pem(public))
            .expect("PEM is made of letters, digits and signs");
        let facts = OwnKeyFacts {
            kid,
            environment,
            made_at: now.unix_timestamp(),
            posted_at: None,
            public_key,
        };
        Ok(Self { facts, key })
    }

    /// Puts a key and what is known of it together again. Errors with `vault_damaged` where the facts are another
    /// key's.
    pub(crate) fn new(facts: OwnKeyFacts, key: PrivateKey) -> Result<Self, Failure> {
        match (key.public_key(), facts.public_key()) {
            (Some(own), Some(told)) if own.is_same_key(&told) => Ok(Self { facts, key }),
            _ => Err(Failure::new("vault_damaged")),
        }
    }

    /// The same key, put on the client at `now`.
    pub(crate) fn posted(&self, now: OffsetDateTime) -> Result<Self, Failure> {
        let facts = OwnKeyFacts {
            posted_at: Some(now.unix_timestamp()),
            ..self.facts.clone()
        };
        // Copied from one wrapping into another.
        let pkcs8 = keystore::Secret::new(self.key.pkcs8().expose().clone());
        Ok(Self {
            facts,
            key: PrivateKey::from_pkcs8(pkcs8)?,
        })
    }

    /// What may be known of it.
    pub fn facts(&self) -> &OwnKeyFacts {
        &self.facts
    }

    /// Its name on the client.
    pub fn kid(&self) -> &KeyId {
        &self.facts.kid
    }

    /// The private key.
    pub fn key(&self) -> &PrivateKey {
        &self.key
    }
}

impl OwnKeyFacts {
    /// Its name on the client.
    pub fn kid(&self) -> &KeyId {
        &self.kid
    }

    /// Where it is used.
    pub fn environment(&self) -> EnvironmentName {
        self.environment
    }

    /// When the user said that it was put on the client, in seconds since 1970.
    pub fn posted_at(&self) -> Option<i64> {
        self.posted_at
    }

    /// The public half; none where the file was changed.
    pub fn public_key(&self) -> Option<PublicKey> {
        keystore::read_public_keys(self.public_key.as_bytes())
            .ok()?
            .pop()
    }

    /// A registered key lives one year from when it was put on the client (Digdir, "Registrering av nøkler"). Until
    /// the user has said when that was, the year is counted from when the key was made: it cannot have been earlier.
    pub fn renew_by(&self) -> OffsetDateTime {
        moment(self.posted_at.unwrap_or(self.made_at)) + LIFE
    }

    /// What there is to show; none where the public half cannot be read.
    pub fn card(&self, now: OffsetDateTime) -> Option<OwnKeyCard> {
        let public = self.public_key()?;
        let written = |moment: OffsetDateTime| moment.format(&Rfc3339).unwrap_or_default();
        Some(OwnKeyCard {
            kid: self.kid.to_string(),
            environment: self.environment,
            made_at: written(moment(self.made_at)),
            posted_at: self.posted_at.map(|at| written(moment(at))),
            renew_by: written(self.renew_by()),
            days_left: i32::try_from((self.renew_by() - now).whole_days()).unwrap_or(i32::MAX),
            key_type: public.key_type().as_str().to_owned(),
            key_bits: public.bits(),
            sha256: public.spki_sha256_hex(),
        })
    }

    /// What can be said of it before it is used. Its age stops nothing: the user may have put it on the client again
    /// without telling.
    pub fn checks(&self, environment: Option<EnvironmentName>, now: OffsetDateTime) -> Vec<Check> {
        let mut found = vec![self.age(now)];
        found.extend(environment.map(|wanted| self.fit(wanted)));
        if let Some(public) = self.public_key() {
            found.push(crate::key_check(&public));
        }
        found
    }

    fn age(&self, now: OffsetDateTime) -> Check {
        let left = self.renew_by() - now;
        let dated = |code: &str, state| {
            Check::new(code, state).with("date", self.renew_by().date().to_string())
        };
        if left.is_negative() {
            dated("own_key_old", CheckState::Warning)
        } else if left <= RENEW_SOON {
            dated("own_key_renew_soon", CheckState::Warning)
                .with("days", left.whole_days().to_string())
        } else {
            dated("own_key_current", CheckState::Ok)
        }
    }

    fn fit(&self, wanted: EnvironmentName) -> Check {
        let check = match wanted == self.environment {
            true => Check::new("own_key_fits", CheckState::Ok),
            false => Check::new("own_key_elsewhere", CheckState::Error)
                .with("key_environment", self.environment.as_str()),
        };
        check.with("environment", wanted.as_str())
    }
}

impl PublicKeyTexts {
    /// Of an own key, under its name. Errors with `unsupported`.
    pub fn of(own: &OwnKey) -> Result<Self, Failure> {
        let public = own.key().public_key();
        let public = public.ok_or_else(|| Failure::new("vault_damaged"))?;
        Self::write(public, Some(own.kid()))
    }

    /// Writes them; the `kid` is the thumbprint of the key where it has no name. Errors with `unsupported`.
    pub(crate) fn write(public: &PublicKey, kid: Option<&KeyId>) -> Result<Self, Failure> {
        let kid = match kid {
            Some(kid) => kid.to_string(),
            None => keystore::jwk_thumbprint(public)?,
        };
        Ok(Self {
            jwk: keystore::write_jwk(public, &kid)?,
            jwks: keystore::write_jwks(public, &kid)?,
            pem: String::from_utf8(keystore::write_public_key_pem(public))
                .expect("PEM is made of letters, digits and signs"),
            kid,
        })
    }
}

/// Makes a key as it was ordered. Without a name in the order one is made of the owner's number, where that is known,
/// and of `uuid`, which must be fresh. Takes a second or so; nothing is kept.
///
/// Errors with `key_id_malformed`, and with `own_key_length` for lengths that are not offered.
pub fn make_own_key(
    order: &OwnKeyOrder,
    owner: Option<&OrgNumber>,
    uuid: &str,
    now: OffsetDateTime,
) -> Result<OwnKey, Failure> {
    let kid = wanted_kid(order, owner, uuid, now)?;
    OwnKey::make(kid, order.environment, order.bits.unwrap_or(BITS), now)
}

/// The name of a key that is ordered. Errors with `key_id_malformed`.
pub(crate) fn wanted_kid(
    order: &OwnKeyOrder,
    owner: Option<&OrgNumber>,
    uuid: &str,
    now: OffsetDateTime,
) -> Result<KeyId, Failure> {
    match &order.kid {
        Some(kid) => chosen_kid(kid),
        None => made_kid(owner, order.environment, now.date(), uuid),
    }
}

/// A name that no other key has, in the characters that Digdir allows: whose it is, where it is used, when it was
/// made, and the beginning of a UUID. Digdir says in one place that it must be unique among all customers.
fn made_kid(
    owner: Option<&OrgNumber>,
    environment: EnvironmentName,
    today: Date,
    uuid: &str,
) -> Result<KeyId, Failure> {
    let text = match owner {
        Some(owner) => {
            let day = today.to_string().replace('-', "");
            let short: String = uuid.chars().filter(|c| *c != '-').take(SHORT).collect();
            format!("{}-{}-{day}-{short}", owner.as_str(), environment.as_str())
        }
        None => uuid.to_owned(),
    };
    chosen_kid(&text)
}

/// A name for a key that is to be registered: letters, digits and `._-`, stricter than for one that is there already.
/// Errors with `key_id_malformed`.
fn chosen_kid(text: &str) -> Result<KeyId, Failure> {
    let kid: KeyId = text.parse()?;
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    match kid.as_str().chars().all(is_allowed) {
        true => Ok(kid),
        false => Err(Failure::new("key_id_malformed").with("kid", text)),
    }
}

fn moment(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// What Buypass and Commfides use too.
const BITS: u32 = 3072;
const LENGTHS: [u32; 3] = [2048, 3072, 4096];
const LIFE: Duration = Duration::days(365);
const RENEW_SOON: Duration = Duration::days(30);
/// Enough of a UUID to tell apart the keys that one organisation makes on one day.
const SHORT: usize = 8;

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);
    const UUID: &str = "b1197d5a-0c68-4c4a-a95c-dc07c1194600";

    fn facts() -> OwnKeyFacts {
        let kid = "en-egen.nøkkel"
            .replace('ø', "o")
            .parse()
            .expect("a key id");
        let made = OwnKey::make(kid, EnvironmentName::Test, 2048, NOW).expect("a key");
        made.facts().clone()
    }

    #[test]
    fn a_made_name_tells_whose_it_is_and_is_never_the_same_twice() {
        let owner: OrgNumber = "313045285".parse().expect("a number");
        let made = |owner, uuid| {
            made_kid(owner, EnvironmentName::Test, NOW.date(), uuid).map(|kid| kid.to_string())
        };
        assert_eq!(
            made(Some(&owner), UUID).as_deref(),
            Ok("313045285-test-20261120-b1197d5a")
        );
        assert_eq!(made(None, UUID).as_deref(), Ok(UUID));
    }

    #[test]
    fn only_characters_that_digdir_allows_name_a_new_key() {
        for text in ["", "a b", "a/b", "nøkkel", "a:b", "a+b", &"a".repeat(256)] {
            assert_eq!(
                chosen_kid(text).expect_err(text).code,
                "key_id_malformed",
                "{text}"
            );
        }
        assert_eq!(
            chosen_kid("Min_nokkel-1.2").map(|kid| kid.to_string()),
            Ok("Min_nokkel-1.2".to_owned())
        );
    }

    #[test]
    fn the_year_counts_from_when_the_key_was_posted() {
        let mut facts = facts();
        let code = |facts: &OwnKeyFacts, now| facts.checks(None, now)[0].code.clone();
        assert_eq!(code(&facts, NOW), "own_key_current");
        let almost = datetime!(2027-10-21 12:00:01 UTC);
        assert_eq!(code(&facts, almost), "own_key_renew_soon");
        assert_eq!(
            code(&facts, almost - Duration::seconds(2)),
            "own_key_current"
        );
        let after = datetime!(2027-11-20 12:00:01 UTC);
        assert_eq!(code(&facts, after), "own_key_old");
        facts.posted_at = Some(datetime!(2027-01-01 12:00 UTC).unix_timestamp());
        assert_eq!(code(&facts, after), "own_key_current");
        let card = facts.card(after).expect("a card");
        assert_eq!(card.renew_by, "2028-01-01T12:00:00Z");
        assert_eq!(card.days_left, 41);
    }

    #[test]
    fn a_key_is_of_one_environment() {
        let facts = facts();
        let of = |environment| {
            let checks = facts.checks(Some(environment), NOW);
            let failure = crate::blocking(&checks);
            (checks[1].code.clone(), failure.map(|failure| failure.code))
        };
        assert_eq!(of(EnvironmentName::Test), ("own_key_fits".to_owned(), None));
        assert_eq!(
            of(EnvironmentName::Production),
            (
                "own_key_elsewhere".to_owned(),
                Some("own_key_elsewhere".to_owned())
            )
        );
    }

    #[test]
    fn lengths_that_are_not_offered_are_not_made() {
        for bits in [0, 1024, 3000, 8192] {
            let kid = "a".parse().expect("a key id");
            let refused = OwnKey::make(kid, EnvironmentName::Test, bits, NOW);
            assert_eq!(refused.expect_err("a refusal").code, "own_key_length");
        }
    }
}
