//! Revocation lists that openssl makes, fetched over loopback.

use onboarding::{RevocationSource, RevocationState};
use time::Duration;

use crate::authority::{Authority, SERIAL};
use crate::public_server::PublicServer;
use crate::revocation::{ask, outcome, told_at};

#[tokio::test]
async fn a_list_is_believed_only_where_everything_fits() {
    use RevocationState::{Good, Revoked, Unreachable};
    let server = PublicServer::start().await;
    let authority = Authority::make("Utsteder");
    let (namesake, stranger) = (Authority::make("Utsteder"), Authority::make("En annen"));
    let places = told_at(Option::None, Some(&server.url("/ca.crl")));
    let leaf = authority.issue("leaf", SERIAL, &places);
    let chain = [leaf, authority.certificate("ca")];
    authority.index(&[("1002", Some("superseded"))]);
    let good = authority.crl("whole");
    let only_users = authority.crl("users");
    let parts = ["indirect", "reasons", "delta", "critical"].map(|kind| authority.crl(kind));
    authority.index(&[("1002", Some("superseded")), (SERIAL, Some("superseded"))]);
    let revoked = authority.crl("whole");
    let mut changed = revoked.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    namesake.index(&[(SERIAL, Some("superseded"))]);
    stranger.index(&[(SERIAL, Some("superseded"))]);
    let [indirect, reasons, delta, critical] = parts;

    let now = Duration::ZERO;
    for (name, body, by, expected) in [
        ("good", good.clone(), now, (Good, Option::None)),
        ("users alone", only_users, now, (Good, Option::None)),
        ("revoked", revoked.clone(), now, (Revoked, Option::None)),
        (
            "old",
            good.clone(),
            Duration::days(8),
            (Unreachable, Some("not_current")),
        ),
        (
            "old, revoked",
            revoked,
            Duration::days(8),
            (Unreachable, Some("not_current")),
        ),
        (
            "from the future",
            good,
            Duration::days(-1),
            (Unreachable, Some("not_current")),
        ),
        (
            "namesake",
            namesake.crl("whole"),
            now,
            (Unreachable, Some("wrong_signer")),
        ),
        (
            "stranger",
            stranger.crl("whole"),
            now,
            (Unreachable, Some("other_certificate")),
        ),
        (
            "indirect",
            indirect,
            now,
            (Unreachable, Some("unsupported")),
        ),
        (
            "some reasons",
            reasons,
            now,
            (Unreachable, Some("unsupported")),
        ),
        ("delta", delta, now, (Unreachable, Some("unsupported"))),
        (
            "critical",
            critical,
            now,
            (Unreachable, Some("unsupported")),
        ),
        (
            "text",
            b"ikke noe".to_vec(),
            now,
            (Unreachable, Some("unreadable")),
        ),
        (
            "huge",
            vec![0x30; 10_000_001],
            now,
            (Unreachable, Some("not_reached")),
        ),
    ] {
        let answer = |_: &[u8]| (200, body.clone());
        let told = server
            .while_answering("/ca.crl", answer, ask(&chain, by))
            .await;
        assert_eq!(outcome(&told), expected, "{name}");
        if told.state == Revoked {
            assert_eq!(told.revoked_at.as_deref(), Some("2026-11-01T12:00:00Z"));
            assert_eq!(told.reason.as_deref(), Some("superseded"));
            assert_eq!(told.source, Some(RevocationSource::Crl));
        }
    }
    let told = server
        .while_answering(
            "/ca.crl",
            |_: &[u8]| (200, changed.clone()),
            ask(&chain, now),
        )
        .await;
    assert_eq!(told.state, Unreachable, "one bit changed: {told:?}");
}

#[tokio::test]
async fn a_list_for_other_certificates_of_the_issuer_says_nothing_of_this_one() {
    use RevocationState::{Good, Unreachable};
    let server = PublicServer::start().await;
    let authority = Authority::make("Utsteder");
    let own = server.url("/ca.crl");
    let places = told_at(Option::None, Some(&own));
    let issuer = format!("{places}basicConstraints=critical,CA:TRUE\n");
    let leaf = authority.issue("leaf", SERIAL, &places);
    let issuer = authority.issue("issuer", "1002", &issuer);
    for (point, is_issuer, expected) in [
        (format!("fullname=URI:{own}"), false, (Good, Option::None)),
        (
            format!("fullname=URI:http://annet.example/ca.crl,URI:{own}"),
            false,
            (Good, Option::None),
        ),
        (
            "fullname=URI:http://annet.example/ca.crl".to_owned(),
            false,
            (Unreachable, Some("other_certificate")),
        ),
        (
            "relativename=part\n[part]\nCN=Del 1".to_owned(),
            false,
            (Unreachable, Some("unsupported")),
        ),
        ("onlyuser=TRUE".to_owned(), false, (Good, Option::None)),
        (
            "onlyuser=TRUE".to_owned(),
            true,
            (Unreachable, Some("unsupported")),
        ),
        (
            "onlyCA=TRUE".to_owned(),
            false,
            (Unreachable, Some("unsupported")),
        ),
    ] {
        let list = authority.crl_for(&point);
        let asked = match is_issuer {
            true => issuer.clone(),
            false => leaf.clone(),
        };
        let chain = [asked, authority.certificate("ca")];
        let answer = |_: &[u8]| (200, list.clone());
        let told = server
            .while_answering("/ca.crl", answer, ask(&chain, Duration::ZERO))
            .await;
        let expected: (RevocationState, Option<&str>) = expected;
        assert_eq!(outcome(&told), expected, "{point}");
    }
}
