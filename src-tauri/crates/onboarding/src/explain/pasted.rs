use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use keystore::Certificate;
use maskinporten::Environment;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::{Finding, FindingGravity, TEXT_BYTES_MAX, private_key, x5c};

/// A pasted text, without private keys and without the signatures of what is signed.
#[derive(Debug)]
pub(super) struct Pasted {
    /// The text.
    pub(super) text: Zeroizing<String>,
    /// The same in lower case (ASCII), at the same places.
    pub(super) lower: Zeroizing<String>,
    /// Every JSON object that stands in it, outermost only, and the byte at which it begins.
    pub(super) objects: Vec<(usize, Map<String, Value>)>,
    /// What is signed, decoded; also what was pasted decoded already.
    pub(super) jwts: Vec<Jwt>,
    /// The claims that stood in the text encoded, as JSON in lower case: what is looked for in the
    /// text is looked for in them too.
    encoded: Vec<Zeroizing<String>>,
}

/// The two open parts of a JWT. The signature is never kept.
#[derive(Debug)]
pub(super) struct Jwt {
    /// The JOSE header; none when only the claims were pasted.
    pub(super) header: Option<Map<String, Value>>,
    /// The claims.
    pub(super) claims: Map<String, Value>,
}

impl Pasted {
    /// Reads a text; the findings are those that had to be made before anything else may look.
    pub(super) fn read(text: &str) -> (Self, Vec<Finding>) {
        let mut findings = Vec::new();
        let mut end = text.len().min(TEXT_BYTES_MAX);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        if end < text.len() {
            findings.push(Finding::pasted("text_cut", FindingGravity::Remark));
        }
        let mut text = plain(&text[..end]);
        findings.extend(private_key::take_out(&mut text));
        let mut jwts = take_signatures(&mut text);
        let encoded = jwts.iter().map(Jwt::claims_in_lower_case).collect();
        let mut objects = objects(&text);
        if objects.is_empty() && text.contains("\\\"") {
            // JSON in a line of a log, as a string.
            objects = self::objects(&text.replace("\\\"", "\""));
        }
        jwts.extend(decoded(&objects));
        let lower = Zeroizing::new(text.to_ascii_lowercase());
        let pasted = Self {
            text,
            lower,
            objects,
            jwts,
            encoded,
        };
        (pasted, findings)
    }

    /// The requests for a token among what is signed.
    pub(super) fn grants(&self) -> impl Iterator<Item = &Jwt> {
        self.jwts.iter().filter(|jwt| jwt.is_grant())
    }

    /// The token endpoints of Maskinporten in the text, and the environments that have them.
    pub(super) fn token_endpoints(&self) -> impl Iterator<Item = (&str, Environment)> {
        let links = self.lower.match_indices("https://");
        links.filter_map(|(at, _)| {
            let rest = &self.lower[at..];
            let end = rest.find("/token")?;
            let address = &rest[..end];
            let is_one =
                !address.contains(char::is_whitespace) && address.ends_with("maskinporten.no");
            let environment = environment_of(address).filter(|_| is_one)?;
            Some((&rest[..end + "/token".len()], environment))
        })
    }

    /// The line, from 1, on which a byte stands.
    pub(super) fn line_of(&self, at: usize) -> usize {
        let before = self.text.as_bytes().iter().take(at);
        1 + before.filter(|byte| **byte == b'\n').count()
    }

    /// The line itself up to a byte, in lower case.
    pub(super) fn before_on_line(&self, at: usize) -> &str {
        let before = self.lower.get(..at).unwrap_or_default();
        before.rsplit('\n').next().unwrap_or_default()
    }

    /// Where a word stands by itself, without letters, digits, `_`, `-` or `.` at its sides. A side
    /// at which the word itself has a mark is open.
    pub(super) fn find_word(&self, word: &str) -> Option<usize> {
        word_in(&self.lower, word)
    }

    /// The same, in the text or in the claims that stand in it encoded: the finding, on its line
    /// where it has one.
    pub(super) fn seen(&self, word: &str, finding: impl FnOnce() -> Finding) -> Option<Finding> {
        if let Some(at) = self.find_word(word) {
            return Some(finding().on_line(self.line_of(at)));
        }
        let mut encoded = self.encoded.iter();
        encoded
            .any(|claims| word_in(claims, word).is_some())
            .then(finding)
    }
}

/// The text without the colours of a terminal (ECMA-48 §5.4), and with the hyphens that programs for text make of a
/// simple one as they were.
fn plain(text: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '\u{1b}' if rest.as_str().starts_with('[') => {
                let mut sequence = rest.clone().skip(1);
                let parameters = sequence.by_ref().take_while(|c| matches!(c, ' '..='?'));
                // With what ends it, and the bracket.
                let length = parameters.count() + 2;
                rest.by_ref().take(length).for_each(drop);
            }
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            c => out.push(c),
        }
    }
    out
}

fn word_in(lower: &str, word: &str) -> Option<usize> {
    let word = word.to_ascii_lowercase();
    let is_open = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    let (opens_before, opens_after) = (
        is_open(word.chars().next()),
        is_open(word.chars().next_back()),
    );
    lower.match_indices(&word).map(|(at, _)| at).find(|at| {
        let joins = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let before = lower[..*at].chars().next_back();
        let mut after = lower[at + word.len()..].chars();
        let next = after.next();
        // A full stop ends a sentence; one with a letter after it goes on with a name.
        let goes_on = next == Some('.') && after.next().is_some_and(char::is_alphanumeric);
        // A full stop before a name makes another name of it, but for the last of a path that gets a value.
        let rest = lower[at + word.len()..].trim_start_matches(['"', '\'', ' ']);
        let is_key = !word.contains('.') && rest.starts_with(['=', ':']);
        let ends_before = !before.is_some_and(|c| joins(c) || (c == '.' && !is_key));
        // A hyphen makes another host of a host; of a word it makes a longer one, as in Norwegian.
        let is_joined = |c: char| joins(c) && (c != '-' || word.contains('.'));
        let ends_after = !next.is_some_and(is_joined) && !goes_on;
        (opens_before || ends_before) && (opens_after || ends_after)
    })
}

impl Jwt {
    fn claims_in_lower_case(&self) -> Zeroizing<String> {
        let json = serde_json::to_string(&self.claims).unwrap_or_default();
        Zeroizing::new(Zeroizing::new(json).to_ascii_lowercase())
    }

    /// A claim that is a text.
    pub(super) fn claim(&self, name: &str) -> Option<&str> {
        self.claims.get(name).and_then(Value::as_str)
    }

    /// A member of the header that is a text.
    pub(super) fn header_text(&self, name: &str) -> Option<&str> {
        self.header.as_ref()?.get(name)?.as_str()
    }

    /// A time that is a number: seconds since 1970.
    pub(super) fn time(&self, name: &str) -> Option<i64> {
        let value = self.claims.get(name)?;
        let fraction = || value.as_f64().map(|seconds| seconds as i64);
        value.as_i64().or_else(fraction)
    }

    /// The environment that the audience belongs to.
    pub(super) fn environment(&self) -> Option<Environment> {
        let audience = match self.claims.get("aud")? {
            Value::Array(values) => values.first()?.as_str()?,
            value => value.as_str()?,
        };
        environment_of(audience)
    }

    /// Whether it is a request for a token: it names who asks and what for, and no answer's claims.
    pub(super) fn is_grant(&self) -> bool {
        let has = |name: &str| self.claims.contains_key(name);
        !self.is_token() && has("iss") && (has("scope") || has("aud"))
    }

    /// Whether it is a token: it names the client and the organisation it was issued to.
    pub(super) fn is_token(&self) -> bool {
        let answered = ["client_amr", "client_id", "token_type", "consumer", "sid"];
        let has = |name: &&str| self.claims.contains_key(*name);
        let by_maskinporten = self.claim("iss").and_then(environment_of).is_some();
        answered.iter().any(has) || by_maskinporten
    }

    /// The certificate in the header.
    pub(super) fn leaf(&self) -> Option<Certificate> {
        x5c::leaf(self.header.as_ref()?)
    }
}

/// The environment that has its Maskinporten, its self-service or its Altinn at the address.
pub(super) fn environment_of(address: &str) -> Option<Environment> {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = host.split(['/', ':', '?']).next().unwrap_or_default();
    let is_at = |known: &&str| host.eq_ignore_ascii_case(known);
    if TEST_HOSTS.iter().any(is_at) {
        Some(Environment::Test)
    } else if PRODUCTION_HOSTS.iter().any(is_at) {
        Some(Environment::Production)
    } else {
        None
    }
}

/// Decodes what is signed, and puts a mark where the signatures stood.
fn take_signatures(text: &mut Zeroizing<String>) -> Vec<Jwt> {
    let mut found = Vec::new();
    let mut kept = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest: &str = text;
    while let Some(at) = rest.find("eyJ") {
        let (before, token) = rest.split_at(at);
        kept.push_str(before);
        let (length, open) = extent(token);
        if let Some(jwt) = Jwt::read(&token[..open]) {
            found.push(jwt);
        }
        // Even one that cannot be read may be a token.
        kept.push_str(if open > BEGIN_SHOWN {
            &token[..BEGIN_SHOWN]
        } else {
            &token[..open]
        });
        if length > BEGIN_SHOWN {
            kept.push('…');
        }
        rest = &token[length..];
    }
    kept.push_str(rest);
    *text = kept;
    found
}

/// How long a JWT is, and how long its two open parts are. A break of the line within a part is
/// overlooked when the next line goes on as one long word.
fn extent(token: &str) -> (usize, usize) {
    let bytes = token.as_bytes();
    let is_part = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'=');
    let (mut at, mut dots, mut open) = (0, 0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b if is_part(b) => at += 1,
            b'.' if dots < 2 => {
                dots += 1;
                if dots == 2 {
                    open = at;
                }
                at += 1;
            }
            b'\n' | b'\r' => {
                let next = bytes[at..]
                    .iter()
                    .position(|b| !matches!(b, b'\n' | b'\r' | b' '));
                let start = at + next.unwrap_or(bytes.len() - at);
                let word = bytes[start..]
                    .iter()
                    .take_while(|b| is_part(**b) || **b == b'.');
                if word.count() < WRAPPED_MIN {
                    break;
                }
                at = start;
            }
            _ => break,
        }
    }
    (at, if dots == 2 { open } else { at })
}

impl Jwt {
    /// Reads the two open parts, with or without a dot at the end.
    fn read(open: &str) -> Option<Self> {
        let plain: String = open.split_whitespace().collect();
        let (header, claims) = plain.trim_end_matches('.').split_once('.')?;
        Some(Self {
            header: Some(part(header)?),
            claims: part(claims)?,
        })
    }
}

fn part(text: &str) -> Option<Map<String, Value>> {
    let bytes = URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Claims that were pasted decoded, with the header that stands before them.
fn decoded(objects: &[(usize, Map<String, Value>)]) -> Vec<Jwt> {
    let mut header = None;
    let mut found = Vec::new();
    for (_, object) in objects {
        let has = |name: &str| object.contains_key(name);
        if has("alg") && !has("kty") && !has("iss") {
            header = Some(object.clone());
        } else if has("iss") && (has("aud") || has("exp") || has("iat")) {
            found.push(Jwt {
                header: header.take(),
                claims: object.clone(),
            });
        }
    }
    if let (Some(header), true) = (header, found.is_empty()) {
        found.push(Jwt {
            header: Some(header),
            claims: Map::new(),
        });
    }
    found
}

/// Every JSON object of a text that is whole, outermost only.
fn objects(text: &str) -> Vec<(usize, Map<String, Value>)> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut tries = 0;
    while let Some(next) = text[at..].find('{') {
        at += next;
        tries += 1;
        if tries > OBJECTS_MAX {
            break;
        }
        let mut stream = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Value>();
        match stream.next() {
            Some(Ok(Value::Object(object))) => {
                let length = stream.byte_offset();
                found.push((at, object));
                at += length;
            }
            _ => at += 1,
        }
    }
    found
}

/// More beginnings of objects than this are not tried.
const OBJECTS_MAX: usize = 200;

/// As much of a token as tells that it is one.
const BEGIN_SHOWN: usize = 3;

/// A shorter word on the next line is not the rest of a token.
const WRAPPED_MIN: usize = 16;

const TEST_HOSTS: [&str; 6] = [
    "test.maskinporten.no",
    "api.test.samarbeid.digdir.no",
    "selvbetjening.test.samarbeid.digdir.no",
    "tt02.altinn.no",
    "platform.tt02.altinn.no",
    "am.ui.tt02.altinn.no",
];

const PRODUCTION_HOSTS: [&str; 6] = [
    "maskinporten.no",
    "api.samarbeid.digdir.no",
    "selvbetjening.samarbeid.digdir.no",
    "www.altinn.no",
    "platform.altinn.no",
    "am.ui.altinn.no",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn jwt(header: &str, claims: &str, signature: &str) -> String {
        let part = |json: &str| URL_SAFE_NO_PAD.encode(json);
        format!("{}.{}.{signature}", part(header), part(claims))
    }

    #[test]
    fn the_open_parts_are_read_and_the_signature_is_gone() {
        let signature = "c2lnbmF0dXJlLXNpZ25hdHVyZQ";
        let token = jwt(
            r#"{"alg":"RS256"}"#,
            r#"{"iss":"x","scope":"a:b","aud":"y"}"#,
            signature,
        );
        let wrapped = format!("{}\n{}", &token[..30], &token[30..]);
        for text in [token.clone(), wrapped, format!("assertion={token}&x=y")] {
            let (pasted, _) = Pasted::read(&text);
            assert_eq!(pasted.jwts.len(), 1, "{text}");
            assert_eq!(pasted.jwts[0].claim("scope"), Some("a:b"));
            assert!(!format!("{pasted:?}").contains(signature));
        }
    }

    #[test]
    fn a_token_that_cannot_be_read_is_not_kept_either() {
        let (pasted, _) = Pasted::read("Bearer eyJsecret-secret-secret.secret.secret og mer");
        assert_eq!(&*pasted.text, "Bearer eyJ… og mer");
        assert!(pasted.jwts.is_empty());
    }

    #[test]
    fn objects_are_found_among_words_and_in_strings() {
        let (pasted, _) = Pasted::read("x {not json {\"a\":{\"b\":1}} y {\"c\":2}");
        let names: Vec<_> = pasted
            .objects
            .iter()
            .map(|(at, o)| (*at, o.len()))
            .collect();
        assert_eq!(names, [(12, 1), (28, 1)]);
        let (pasted, _) = Pasted::read(r#"body="{\"error\":\"invalid_grant\"}""#);
        assert_eq!(pasted.objects.len(), 1);
    }

    #[test]
    fn a_word_is_found_only_by_itself() {
        let at = |text: &str| Pasted::read(text).0.find_word("x.no");
        assert_eq!(at("på X.no."), Some(4));
        assert_eq!(at("a.x.no"), None);
        assert_eq!(at("x.no.org"), None);
        assert_eq!(at("my-x.no"), None);
        assert_eq!(at("x.no-a.org"), None);
        let word = |text: &str| Pasted::read(text).0.find_word("ENV2");
        assert_eq!(word("i ENV2-miljøet"), Some(2));
        assert_eq!(word("my-env2"), None);
        assert_eq!(word("ENV20"), None);
        assert_eq!(at("https://x.no/a"), Some(8));
    }
}
