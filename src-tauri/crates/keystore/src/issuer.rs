//! Who issued a certificate, and for which environment: Digdir's lists and rules for telling test from production.

use crate::Certificate;
use crate::certificate::CertificateEnvironment;
use crate::name::Name;

/// The organisation in the issuer name of practice certificates.
pub const PRACTICE_ISSUER_ORGANISATION: &str = "Portner";

/// How the common name of an issuer of practice certificates starts.
pub const PRACTICE_ISSUER_NAME: &str = "Portner Øvelse";

/// Whether the issuer is one of the authorities that Maskinporten accepts, or the practice issuer. The others of Buypass
/// and Commfides, such as those for websites, are not.
pub fn is_known_issuer(issuer: &Name) -> bool {
    is_practice(issuer) || listed(issuer).is_some()
}

/// Whether a chain, leaf first, leads to an issuer that is known: by the fingerprint of its root where it has one, else by
/// the issuer's name alone.
pub fn is_issuer_recognised(chain: &[Certificate]) -> bool {
    match chain {
        [] => false,
        [leaf, ..] if is_practice(leaf.issuer()) => true,
        [_, .., root] if root.is_self_signed() => is_known_root(root),
        [leaf, ..] => is_known_issuer(leaf.issuer()),
    }
}

/// The environment that the first certificate of a chain is made for. The root it was proved to lead to decides where
/// that is one of the listed; names and policies only where it is not.
pub fn chain_environment(chain: &[Certificate]) -> CertificateEnvironment {
    let (Some(leaf), Some(last)) = (chain.first(), chain.last()) else {
        return CertificateEnvironment::Unknown;
    };
    under_root(&last.sha256_hex(), leaf.environment())
}

/// The environment of a certificate under the root of that fingerprint, where it says another of itself.
fn under_root(sha256_hex: &str, own: CertificateEnvironment) -> CertificateEnvironment {
    let root = ROOTS.iter().find(|(root, _)| *root == sha256_hex);
    root.map_or(own, |(_, environment)| *environment)
}

/// The environment of one certificate: by its own fingerprint, its issuer's name, its policies.
pub(crate) fn environment(
    sha256_hex: &str,
    issuer: &Name,
    policies: &[String],
) -> CertificateEnvironment {
    if is_practice(issuer) {
        return CertificateEnvironment::Practice;
    }
    if let Some((_, environment)) = ROOTS.iter().find(|(root, _)| *root == sha256_hex) {
        return *environment;
    }
    if let Some(environment) = listed(issuer) {
        return environment;
    }
    let under = |arc: &str| policies.iter().any(|policy| policy.starts_with(arc));
    let says = |one: &str| policies.iter().any(|policy| policy == one);
    if under(COMMFIDES_TEST_ARC) || TEST_POLICIES.into_iter().any(says) {
        CertificateEnvironment::Test
    } else if under(COMMFIDES_ARC) {
        CertificateEnvironment::Production
    } else {
        CertificateEnvironment::Unknown
    }
}

/// Whether the certificate is one of the roots that Digdir lists.
pub fn is_known_root(certificate: &Certificate) -> bool {
    let sha256 = certificate.sha256_hex();
    ROOTS.iter().any(|(root, _)| *root == sha256)
}

/// Whether an issuer of that name is one of the listed roots, judged by the name alone.
pub(crate) fn is_named_as_root(issuer: &Name) -> bool {
    listed_in(&ROOT_NAMES, issuer).is_some()
}

/// Whether the issuer is the practice issuer.
fn is_practice(issuer: &Name) -> bool {
    issuer.organisation() == Some(PRACTICE_ISSUER_ORGANISATION)
        && common_name(issuer).starts_with(PRACTICE_ISSUER_NAME)
}

/// The environment of the authority on Digdir's list that has the issuer's common name. A root issues to the others,
/// and what says to come from one must not pass as of nobody's.
fn listed(issuer: &Name) -> Option<CertificateEnvironment> {
    listed_in(&ISSUERS, issuer).or_else(|| listed_in(&ROOT_NAMES, issuer))
}

/// The same in one list; the common name must be the listed one as a whole.
fn listed_in(list: &[Listed], issuer: &Name) -> Option<CertificateEnvironment> {
    let name = common_name(issuer);
    let found = list.iter().find(|(listed, _)| is_same_name(listed, name));
    found.map(|(_, environment)| *environment)
}

/// Case and blanks make no other name (RFC 5280 §7.1), nor does how a hyphen is set; a generation does.
fn is_same_name(one: &str, other: &str) -> bool {
    let words = |name: &str| {
        let words = name.split(|c: char| c.is_whitespace() || c == '-');
        let words = words.filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<Vec<_>>()
    };
    words(one) == words(other)
}

fn common_name(issuer: &Name) -> &str {
    issuer.common_name().unwrap_or_default()
}

/// SHA-256 of the root certificates (DER) on Digdir's list.
const ROOTS: [(&str, CertificateEnvironment); 7] = [
    (
        "edf7ebbca27a2a384d387b7d4010c666e2edb4843e4c29b4ae1d5b9332e6b24d",
        CertificateEnvironment::Production,
    ),
    (
        "f8c16c6b4fd45cb0672e16582b8805f1cafd0c48d866f4ed895b30e352a9faa6",
        CertificateEnvironment::Production,
    ),
    (
        "ab936dfd7f171d3a3cbd08f9bebdc3f3baaabaa79df6a908f8a7b0128627f187",
        CertificateEnvironment::Production,
    ),
    (
        "5ad1a2b5dae0ce7daeb4d15e3676002da387ed852c1667b1a80543c474a41ec7",
        CertificateEnvironment::Production,
    ),
    (
        "2a8475824d9ba398170031b9b398222f857a59bdc5cc3b49005eafdb55955da4",
        CertificateEnvironment::Test,
    ),
    (
        "760637a0f7da3a3876f601f96b8cf2ceb4fef80b76bd6f052e7bcb0041da350d",
        CertificateEnvironment::Test,
    ),
    (
        "97ea39029d946583d44539519a1f2cae4a40f9733d17dac18457246af5654325",
        CertificateEnvironment::Test,
    ),
];
/// A common name on Digdir's list, and the environment of what is issued under it.
type Listed = (&'static str, CertificateEnvironment);

const ROOT_NAMES: [Listed; 7] = [
    (
        "Buypass Class 3 Root CA",
        CertificateEnvironment::Production,
    ),
    (
        "Buypass Class 3 Root CA G2 ST",
        CertificateEnvironment::Production,
    ),
    (
        "Buypass Class 3 Root CA G2 HT",
        CertificateEnvironment::Production,
    ),
    ("Commfides Root CA - G3", CertificateEnvironment::Production),
    (
        "Buypass Class 3 Test4 Root CA",
        CertificateEnvironment::Test,
    ),
    (
        "Buypass Class 3 Test4 Root CA G2 ST",
        CertificateEnvironment::Test,
    ),
    (
        "Commfides Root CA - G3 - TEST",
        CertificateEnvironment::Test,
    ),
];
/// Those that issue to organisations.
const ISSUERS: [Listed; 7] = [
    ("Buypass Class 3 CA 3", CertificateEnvironment::Production),
    (
        "Buypass Class 3 CA G2 ST Business",
        CertificateEnvironment::Production,
    ),
    (
        "Buypass Class 3 CA G2 HT Business",
        CertificateEnvironment::Production,
    ),
    (
        "Commfides Legal Person - G3",
        CertificateEnvironment::Production,
    ),
    ("Buypass Class 3 Test4 CA 3", CertificateEnvironment::Test),
    (
        "Buypass Class 3 Test4 CA G2 ST Business",
        CertificateEnvironment::Test,
    ),
    (
        "Commfides Legal Person - G3 - TEST",
        CertificateEnvironment::Test,
    ),
];
const COMMFIDES_ARC: &str = "2.16.578.1.29.13.";
const COMMFIDES_TEST_ARC: &str = "2.16.578.1.29.913.";
/// Those that Digdir accepts in test alone, beside Commfides' own.
const TEST_POLICIES: [&str; 2] = ["2.16.578.1.26.1.0.3.2", "2.16.578.1.1.1.1.100"];

#[cfg(test)]
mod tests {
    use super::*;

    /// No issuer's certificate is at hand, so the fingerprints stand for them.
    #[test]
    fn the_root_decides_over_what_names_say() {
        use CertificateEnvironment::{Practice, Production, Test, Unknown};
        for (root, environment) in ROOTS {
            for own in [Test, Production, Unknown] {
                assert_eq!(under_root(root, own), environment);
            }
        }
        for own in [Test, Production, Practice, Unknown] {
            assert_eq!(under_root("00", own), own);
        }
    }
}
