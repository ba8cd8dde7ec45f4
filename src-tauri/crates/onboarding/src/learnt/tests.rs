use super::*;

const CLIENT: &str = "238259d7-f0ab-4bd5-b253-0f0159375096";
const HERE: EnvironmentName = EnvironmentName::Test;

fn header(kid: Option<&str>) -> GrantHeader {
    GrantHeader {
        alg: "RS256",
        kid: kid.map(str::to_owned),
        x5c: None,
    }
}

fn claims(more: &str) -> TokenClaims {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let consumer = r#""consumer":{"authority":"iso6523-actorid-upis","ID":"0192:313045285"}"#;
    let claims = URL_SAFE_NO_PAD.encode(format!("{{{consumer}{more}}}"));
    let token = maskinporten::AccessToken::read(format!("e30.{claims}.x")).expect("a token");
    token.claims().clone()
}

fn of(learnt: &Learnt) -> &ClientFacts {
    learnt
        .of(Environment::Test, CLIENT)
        .expect("something is known")
}

#[test]
fn a_token_tells_owner_scopes_and_how_the_client_shows_itself() {
    let mut learnt = Learnt::default();
    learnt.note_issued(
        HERE,
        CLIENT,
        &header(None),
        &claims(r#","scope":"a:b c:d""#),
        7,
    );
    let client = of(&learnt);
    assert_eq!(client.owner.as_deref(), Some("313045285"));
    assert!(client.scopes_granted.keys().eq(["a:b", "c:d"]));
    assert_eq!(
        (client.certificate_used_at, client.has_keys),
        (Some(7), false)
    );

    let supplier = r#","supplier":{"authority":"iso6523-actorid-upis","ID":"0192:310886424"}"#;
    learnt.note_issued(HERE, CLIENT, &header(Some("k")), &claims(supplier), 8);
    let client = of(&learnt);
    assert_eq!(
        client.owner.as_deref(),
        Some("310886424"),
        "the supplier owns it"
    );
    assert_eq!((client.certificate_used_at, client.has_keys), (None, true));
    assert_eq!(client.keys_used.get("k"), Some(&8));
    learnt.note_issued(HERE, CLIENT, &header(Some("k")), &claims(supplier), 9);
    assert_eq!(
        of(&learnt).keys_used.get("k"),
        Some(&8),
        "the first time counts"
    );
}

#[test]
fn a_refusal_tells_what_is_lasting_and_a_token_mends_it() {
    let mut learnt = Learnt::default();
    let refused = |learnt: &mut Learnt, code: &str, scopes: &[&str], words: &str| {
        let scopes: Vec<String> = scopes.iter().map(|s| (*s).to_owned()).collect();
        let failure = Failure::new(code).with("description", words);
        learnt.note_refused(HERE, CLIENT, &failure, &scopes, Some("310886424"), 7);
    };
    refused(&mut learnt, "mp_012", &["a:b"], "");
    assert_eq!(learnt, Learnt::default(), "says nothing of the client");

    refused(&mut learnt, "mp_100", &["a:b"], "");
    assert!(!of(&learnt).is_known());
    refused(&mut learnt, "mp_122", &["a:b"], "");
    assert!(of(&learnt).is_known(), "it was found, and not ours");
    assert!(of(&learnt).not_owners.contains("310886424"));
    refused(&mut learnt, "kid_required", &["a:b"], "");
    assert!(of(&learnt).has_keys);
    refused(
        &mut learnt,
        "mp_200",
        &["a:b", "c:d"],
        "invalid scopes for client, c:d",
    );
    assert!(of(&learnt).scopes_refused.keys().eq(["c:d"]));
    refused(&mut learnt, "mp_200", &["e:f"], "");
    assert!(of(&learnt).scopes_refused.keys().eq(["c:d", "e:f"]));

    learnt.note_issued(HERE, CLIENT, &header(None), &claims(r#","scope":"c:d""#), 9);
    let client = of(&learnt);
    assert!(client.scopes_refused.keys().eq(["e:f"]));
    assert!(!client.has_keys);
}

#[test]
fn a_client_belongs_to_one_environment_and_a_server_of_ones_own_is_not_remembered() {
    let mut learnt = Learnt::default();
    learnt.note_registered(HERE, CLIENT, Some("313045285"), None, None);
    assert_eq!(
        learnt.elsewhere(Environment::Production, CLIENT),
        Some(HERE)
    );
    assert_eq!(learnt.elsewhere(Environment::Test, CLIENT), None);
    assert_eq!(learnt.of(Environment::Production, CLIENT), None);
    assert_eq!(learnt.of(Environment::Custom, CLIENT), None);
}
