//! Whether a certificate is revoked: asked of openssl's own responder and lists, over loopback.

use std::{net::TcpListener as StdListener, time::Duration as StdDuration};

use keystore::Certificate;
use onboarding::{
    Failure, Host, HttpAnswer, HttpRequest, Practice, Revocation, RevocationSource,
    RevocationState,
    adapters::{PracticeServer, SystemHost},
    check_revocation, check_revocation_until, fetch_chain,
};
use time::{Duration, OffsetDateTime};

use crate::authority::{Authority, SERIAL};
use crate::public_server::PublicServer;

/// The network as it is, with a clock that may be ahead: openssl's is that of the machine.
struct Ahead {
    system: SystemHost<None>,
    by: Duration,
}

/// No practice server: nothing here asks for one.
struct None;

impl PracticeServer for None {
    async fn practice(&self) -> Result<Practice, Failure> {
        Err(Failure::new("internal"))
    }
}

impl Host for Ahead {
    fn now(&self) -> OffsetDateTime {
        self.system.now() + self.by
    }

    fn make_id(&self) -> String {
        self.system.make_id()
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpAnswer, Failure> {
        self.system.send(request).await
    }

    async fn pause(&self, duration: StdDuration) {
        self.system.pause(duration).await;
    }

    async fn practice(&self) -> Result<Practice, Failure> {
        self.system.practice().await
    }
}

pub(crate) async fn ask(chain: &[Certificate], by: Duration) -> Revocation {
    let host = Ahead {
        system: SystemHost::new(None),
        by,
    };
    check_revocation(&host, chain).await
}

/// The extensions of a certificate whose state is told at these places.
pub(crate) fn told_at(ocsp: Option<&str>, crl: Option<&str>) -> String {
    let ocsp = ocsp.map(|url| format!("authorityInfoAccess=OCSP;URI:{url}\n"));
    let crl = crl.map(|url| format!("crlDistributionPoints=URI:{url}\n"));
    let usage = "keyUsage=critical,digitalSignature\n";
    [
        usage.to_owned(),
        ocsp.unwrap_or_default(),
        crl.unwrap_or_default(),
    ]
    .concat()
}

/// What came of it, and why there was no answer.
pub(crate) fn outcome(revocation: &Revocation) -> (RevocationState, Option<&str>) {
    (revocation.state, revocation.problem.as_deref())
}

const RESPONDER: &str = "extendedKeyUsage=OCSPSigning\nkeyUsage=critical,digitalSignature\n";

#[tokio::test]
async fn openssls_responder_is_asked_over_http() {
    let authority = Authority::make("Utsteder");
    // The port is chosen before the certificate that names it; another program may take it meanwhile.
    for _ in 0..5 {
        let port = StdListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let places = told_at(Some(&format!("http://127.0.0.1:{port}")), Option::None);
        let leaf = authority.issue("leaf", SERIAL, &places);
        authority.index(&[(SERIAL, Option::None)]);
        let Some(_responder) = authority.serve(port) else {
            continue;
        };
        let told = ask(&[leaf, authority.certificate("ca")], Duration::ZERO).await;
        assert_eq!(outcome(&told), (RevocationState::Good, Option::None));
        assert_eq!(told.source, Some(RevocationSource::Ocsp));
        assert_eq!(told.host.as_deref(), Some("127.0.0.1"));
        assert!(told.as_of.is_some_and(|as_of| as_of <= told.checked_at));
        return;
    }
    panic!("no port stayed free");
}

#[tokio::test]
async fn a_responder_is_believed_only_where_everything_fits() {
    use RevocationState::{Good, Revoked, Unknown, Unreachable};
    let server = PublicServer::start().await;
    let (authority, other) = (Authority::make("Utsteder"), Authority::make("Utsteder"));
    let places = told_at(Some(&server.url("/ocsp")), Option::None);
    let leaf = authority.issue("leaf", SERIAL, &places);
    let chain = [leaf.clone(), authority.certificate("ca")];
    authority.issue("responder", "2001", RESPONDER);
    authority.issue("server", "2002", "extendedKeyUsage=serverAuth\n");
    other.issue("foreign", "2001", RESPONDER);
    authority.adopt(&other, "foreign");
    let second = authority.issue("second", "1002", &places);
    let question = keystore::RevocationQuestion::new(&second, &chain[1]).unwrap();
    let own = keystore::RevocationQuestion::new(&leaf, &chain[1]).unwrap();
    authority.index(&[(SERIAL, Option::None), ("1002", Option::None)]);
    let earlier = authority.respond(&own.ocsp_request(b"an earlier question"), "ca", &[]);

    let mut with_changed_byte =
        authority.respond(&own.ocsp_request(b"y"), "ca", &["-resp_no_certs"]);
    let last = with_changed_byte.len() - 3;
    with_changed_byte[last] ^= 1;

    let known: &[(&str, Option<&str>)] = &[(SERIAL, Option::None)];
    let revoked: &[(&str, Option<&str>)] = &[(SERIAL, Some("keyCompromise"))];
    let held: &[(&str, Option<&str>)] = &[(SERIAL, Some("certificateHold"))];
    let now = Duration::ZERO;
    for (index, signer, more, by, expected) in [
        (known, "ca", &[][..], now, (Good, Option::None)),
        (
            known,
            "ca",
            &["-resp_key_id"][..],
            now,
            (Good, Option::None),
        ),
        (known, "responder", &[][..], now, (Good, Option::None)),
        (
            known,
            "responder",
            &["-resp_key_id"][..],
            now,
            (Good, Option::None),
        ),
        (revoked, "responder", &[][..], now, (Revoked, Option::None)),
        (held, "ca", &[][..], now, (Revoked, Option::None)),
        (&[], "ca", &[][..], now, (Unknown, Option::None)),
        (
            known,
            "server",
            &[][..],
            now,
            (Unreachable, Some("wrong_signer")),
        ),
        (
            known,
            "foreign",
            &[][..],
            now,
            (Unreachable, Some("wrong_signer")),
        ),
        (
            revoked,
            "foreign",
            &[][..],
            now,
            (Unreachable, Some("wrong_signer")),
        ),
        (
            known,
            "responder",
            &["-resp_no_certs"][..],
            now,
            (Unreachable, Some("wrong_signer")),
        ),
        (
            known,
            "ca",
            &["-ndays", "1"][..],
            Duration::hours(23),
            (Good, Option::None),
        ),
        (
            known,
            "ca",
            &["-ndays", "1"][..],
            Duration::hours(25),
            (Unreachable, Some("not_current")),
        ),
        (
            revoked,
            "ca",
            &["-ndays", "1"][..],
            Duration::hours(25),
            (Unreachable, Some("not_current")),
        ),
        (
            known,
            "ca",
            &[][..],
            Duration::hours(25),
            (Unreachable, Some("not_current")),
        ),
        (
            known,
            "ca",
            &[][..],
            Duration::hours(-1),
            (Unreachable, Some("not_current")),
        ),
    ] {
        authority.index(index);
        let answer = |request: &[u8]| (200, authority.respond(request, signer, more));
        let told = server
            .while_answering("/ocsp", answer, ask(&chain, by))
            .await;
        let expected: (RevocationState, Option<&str>) = expected;
        assert_eq!(outcome(&told), expected, "{index:?} {signer} {more:?} {by}");
        if told.state == Revoked {
            assert_eq!(told.revoked_at.as_deref(), Some("2026-11-01T12:00:00Z"));
            let reason = index[0].1;
            assert_eq!(told.reason.as_deref(), reason);
        }
    }

    // A certificate that counts only by SHA-1 is not enough to speak for the issuer: here something is believed for it.
    let old = Authority::make_rsa("Utsteder");
    let old_chain = [old.issue("leaf", SERIAL, &places), old.certificate("ca")];
    old.index(&[(SERIAL, Option::None)]);
    for (digest, expected) in [
        ("-sha256", (Good, Option::None)),
        ("-sha1", (Unreachable, Some("wrong_signer"))),
    ] {
        old.issue_with("responder", "2001", RESPONDER, digest);
        let answer = |request: &[u8]| (200, old.respond(request, "responder", &[]));
        let told = server
            .while_answering("/ocsp", answer, ask(&old_chain, now))
            .await;
        let expected: (RevocationState, Option<&str>) = expected;
        assert_eq!(outcome(&told), expected, "{digest}");
    }

    authority.index(&[(SERIAL, Option::None), ("1002", Option::None)]);
    let about_second = authority.respond(&question.ocsp_request(b"x"), "ca", &[]);
    // A responder that keeps ready-made answers leaves the nonce out; the times still tell that it is current.
    let ready_made = authority.respond_without_nonce("leaf");
    let answer = |_: &[u8]| (200, ready_made.clone());
    let told = server
        .while_answering("/ocsp", answer, ask(&chain, now))
        .await;
    assert_eq!(outcome(&told), (Good, Option::None));

    for (status, body, problem) in [
        (200, earlier, "nonce_differs"),
        (
            200,
            authority.respond_without_nonce("second"),
            "other_certificate",
        ),
        (200, about_second, "nonce_differs"),
        (200, with_changed_byte, "wrong_signer"),
        (200, b"<html>Logg inn</html>".to_vec(), "unreadable"),
        (200, Vec::new(), "unreadable"),
        // tryLater (RFC 6960 §4.2.1).
        (200, vec![0x30, 3, 0x0a, 1, 3], "not_answered"),
        (404, Vec::new(), "not_reached"),
        (302, Vec::new(), "not_reached"),
        (200, vec![0x30; 1_000_001], "not_reached"),
    ] {
        let answer = |_: &[u8]| (status, body.clone());
        let told = server
            .while_answering("/ocsp", answer, ask(&chain, now))
            .await;
        assert_eq!(outcome(&told), (Unreachable, Some(problem)));
        assert_eq!(told.revoked_at, Option::None);
    }
}

#[tokio::test]
async fn a_list_stands_in_where_no_responder_answers() {
    use RevocationState::{Good, Unknown, Unreachable};
    let server = PublicServer::start().await;
    let closed = StdListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let authority = Authority::make("Utsteder");
    let crl = server.url("/ca.crl");
    let dead = format!("http://127.0.0.1:{closed}/");
    let leaf = |name: &str, ocsp: &str, crl: Option<&str>| {
        authority.issue(name, SERIAL, &told_at(Some(ocsp), crl))
    };
    let ca = authority.certificate("ca");
    authority.index(&[]);
    let list = authority.crl("whole");
    let unknown = |request: &[u8]| (200, authority.respond(request, "ca", &[]));
    let both = leaf("both", &dead, Some(&crl));
    let none = leaf("none", &dead, Option::None);
    let not_known = leaf("not-known", &server.url("/ocsp"), Some(&crl));
    let listing = |_: &[u8]| (200, list.clone());

    let told = server
        .while_answering("/ca.crl", listing, ask(&[both, ca.clone()], Duration::ZERO))
        .await;
    assert_eq!(
        (told.state, told.source),
        (Good, Some(RevocationSource::Crl))
    );
    let told = ask(&[none, ca.clone()], Duration::ZERO).await;
    assert_eq!(outcome(&told), (Unreachable, Some("not_reached")));
    // That a certificate does not stand in the list does not make it one that was ever issued.
    let answers = |request: &[u8]| match request.is_empty() {
        true => listing(request),
        false => unknown(request),
    };
    let told = server
        .while_answering("/", answers, ask(&[not_known, ca], Duration::ZERO))
        .await;
    assert_eq!(
        (told.state, told.source),
        (Unknown, Some(RevocationSource::Ocsp))
    );
}

#[tokio::test]
async fn a_certificate_that_tells_no_place_and_one_without_issuer_have_no_answer() {
    let authority = Authority::make("Utsteder");
    let leaf = authority.issue("leaf", SERIAL, &told_at(Option::None, Option::None));
    let told = ask(&[leaf.clone(), authority.certificate("ca")], Duration::ZERO).await;
    assert_eq!(told.problem.as_deref(), Some("no_address"));
    for chain in [vec![], vec![leaf]] {
        let told = ask(&chain, Duration::ZERO).await;
        assert_eq!(told.problem.as_deref(), Some("issuer_missing"));
    }
}

#[tokio::test]
async fn issuers_are_fetched_from_where_the_certificate_says_and_proved() {
    let server = PublicServer::start().await;
    let (authority, namesake) = (Authority::make("Utsteder"), Authority::make("Utsteder"));
    let places = format!(
        "authorityInfoAccess=caIssuers;URI:{}\n",
        server.url("/ca.cer")
    );
    let leaf = authority.issue("leaf", SERIAL, &places);
    let (ca, foreign) = (authority.certificate("ca"), namesake.certificate("ca"));
    let host = Ahead {
        system: SystemHost::new(None),
        by: Duration::ZERO,
    };
    let pem = std::fs::read(authority.path("ca.pem")).unwrap();
    for (status, body, length) in [
        (200, ca.der().to_vec(), 2),
        (200, pem, 2),
        (200, foreign.der().to_vec(), 1),
        (200, leaf.der().to_vec(), 1),
        (200, b"nei".to_vec(), 1),
        (404, ca.der().to_vec(), 1),
        (200, vec![0x30; 200_001], 1),
    ] {
        let answer = |_: &[u8]| (status, body.clone());
        let chain = [leaf.clone()];
        let whole = server
            .while_answering("/ca.cer", answer, fetch_chain(&host, &chain))
            .await;
        assert_eq!(whole.len(), length);
    }
}

#[tokio::test]
async fn what_is_not_told_in_time_is_not_told() {
    let server = PublicServer::start().await;
    let authority = Authority::make("Utsteder");
    let places = told_at(Some(&server.url("/ocsp")), Option::None);
    let leaf = authority.issue("leaf", SERIAL, &places);
    let host = SystemHost::new(None);
    // The responder takes the connection and says nothing.
    let until = tokio::time::Instant::now();
    let told = check_revocation_until(&host, &[leaf, authority.certificate("ca")], until).await;
    let expected = (RevocationState::Unreachable, Some("not_reached"));
    assert_eq!(outcome(&told), expected);
}
