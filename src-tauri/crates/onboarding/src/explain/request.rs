//! A request as curl or HTTP has it: names, headers and parameters (RFC 7523 §2.1; Digdir,
//! "JWT-grant").

use maskinporten::GRANT_TYPE;
use time::OffsetDateTime;

use super::{Finding, FindingGravity, pasted::Pasted};

/// What is wrong with the request.
pub(super) fn recognise(pasted: &Pasted, _: OffsetDateTime) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    found.extend(headers(pasted));
    found.extend(bearer(pasted));
    let is_for_a_token = ["grant_type", "grant=", "assertion", "/token", "jwt-bearer"]
        .iter()
        .any(|word| pasted.lower.contains(word));
    if !is_for_a_token {
        return found;
    }
    found.extend(parameters(pasted));
    found.extend(carriage(pasted));
    found
}

/// A header whose name is not the real one.
fn headers(pasted: &Pasted) -> Option<Finding> {
    let at = pasted.find_word("authentication")?;
    let value = pasted.lower[at + "authentication".len()..].trim_start_matches(['"', '\'']);
    let value = value
        .strip_prefix(':')?
        .trim_start()
        .trim_start_matches(['"', '\'']);
    let is_token = ["bearer", "eyj", "{", "$", "<"]
        .iter()
        .any(|begin| value.starts_with(begin));
    let finding = Finding::wrong("header_authentication", None);
    is_token.then(|| finding.on_line(pasted.line_of(at)))
}

/// The word before the token: there for all but Lånekassen.
fn bearer(pasted: &Pasted) -> Option<Finding> {
    let at = pasted.find_word("authorization")?;
    let value = pasted.lower[at + "authorization".len()..].trim_start_matches(['"', '\'']);
    let value = value
        .strip_prefix(':')?
        .trim_start()
        .trim_start_matches(['"', '\'']);
    let is_lanekassen = pasted.lower.contains("lanekassen.no");
    let id = match is_lanekassen {
        true if value.starts_with("bearer") => "bearer_superfluous",
        false if value.starts_with("eyj") => "bearer_missing",
        _ => return None,
    };
    Some(Finding::wrong(id, None).on_line(pasted.line_of(at)))
}

fn parameters(pasted: &Pasted) -> Vec<Finding> {
    let mut found = Vec::new();
    let at = |found: Finding, place: usize| found.on_line(pasted.line_of(place));
    if let Some(place) = parameter(pasted, "grant") {
        found.push(at(Finding::wrong("parameter_grant", None), place));
    }
    let type_at = parameter(pasted, "grant_type");
    if let Some(place) = type_at {
        let value = value(&pasted.text[place + "grant_type".len()..]);
        if !value.is_empty() && !is_grant_type(value) && !value.starts_with(['$', '{', '<']) {
            let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ':' | '%');
            let told = if value.chars().all(is_name) {
                value
            } else {
                "…"
            };
            let finding = Finding::wrong("grant_type", None).with("value", told);
            found.push(at(finding, place));
        }
        if parameter(pasted, "assertion").is_none() && parameter(pasted, "grant").is_none() {
            found.push(at(Finding::wrong("assertion_missing", None), place));
        }
    }
    if type_at.is_none()
        && parameter(pasted, "grant").is_none()
        && pasted.lower.contains("/token")
        && let Some(place) = form_parameter(pasted, "assertion")
    {
        found.push(at(Finding::wrong("grant_type_missing", None), place));
    }
    for name in SUPERFLUOUS {
        if let Some(place) = form_parameter(pasted, name).filter(|_| type_at.is_some()) {
            let finding = Finding::wrong("parameter_superfluous", None).with("name", name);
            found.push(at(finding, place));
        }
    }
    found
}

/// How the request is carried.
fn carriage(pasted: &Pasted) -> Vec<Finding> {
    let lower = &pasted.lower;
    let mut found = Vec::new();
    let is_sent = lower.contains("curl") || lower.contains("http/1.1") || lower.contains("post ");
    if sends_json(lower) {
        found.push(Finding::wrong("content_type_json", None));
    }
    if lower.contains("/token?") {
        found.push(Finding::wrong("parameters_in_address", None));
    }
    let has_user = is_sent
        && [" -u ", " -u'", " -u\"", " --user "]
            .iter()
            .any(|word| lower.contains(word));
    if has_user || lower.contains("authorization: basic") {
        found.push(Finding::wrong("basic_authentication", None));
    }
    let gets = [
        "get https://test.maskinporten.no/token",
        "get https://maskinporten.no/token",
        "get /token",
    ];
    let is_curl_get = lower.contains("curl")
        && lower.contains("/token")
        && (lower.contains("-x get")
            || lower.contains(" -g ")
            || lower.contains("--get")
            || ![" -d", "--data", "post", " -f ", "--form", "--json"]
                .iter()
                .any(|word| lower.contains(word)));
    let is_to_maskinporten = lower.contains("maskinporten.no/token");
    if gets.iter().any(|word| lower.contains(word)) || (is_curl_get && is_to_maskinporten) {
        found.push(Finding::wrong("method_get", None));
    }
    if lower.contains("curl")
        && lower.contains("maskinporten.no/token")
        && [" -k ", "--insecure"]
            .iter()
            .any(|word| lower.contains(word))
    {
        found.push(Finding::pasted(
            "certificate_unchecked",
            FindingGravity::Doubtful,
        ));
    }
    found
}

/// A header that says JSON, in what is sent. In what curl shows of an answer it stands after `<`.
fn sends_json(lower: &str) -> bool {
    lower.lines().any(|line| {
        let is_answer = line.trim_start().starts_with('<');
        let mut parts = line.split("content-type").skip(1);
        let says_json = parts.any(|rest| {
            let rest = rest.trim_start_matches(['"', '\'', ':', ' ', '=']);
            rest.starts_with("application/json")
        });
        (says_json && !is_answer) || (line.contains("curl") && line.contains("--json"))
    })
}

/// Where a parameter of a form, or a member of JSON, of this name stands.
fn parameter(pasted: &Pasted, name: &str) -> Option<usize> {
    let lower = &pasted.lower;
    let places = lower.match_indices(name).map(|(at, _)| at);
    places.into_iter().find(|at| {
        let before = lower[..*at].chars().next_back();
        let joins = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        let after = lower[at + name.len()..].trim_start_matches(['"', '\'', ' ']);
        !before.is_some_and(joins) && after.starts_with(['=', ':'])
    })
}

/// Where a parameter of this name stands in a form that is sent.
fn form_parameter(pasted: &Pasted, name: &str) -> Option<usize> {
    let sought = format!("{name}=");
    let places = pasted.lower.match_indices(&sought).map(|(at, _)| at);
    places.into_iter().find(|at| {
        let before = &pasted.lower[..*at];
        let option = before.trim_end_matches([' ', '"', '\'']);
        before.ends_with(['&', '?'])
            || ["-d", "--data", "--data-urlencode", "--form", "-f"]
                .iter()
                .any(|o| option.ends_with(o))
    })
}

/// What stands after the name of a parameter.
fn value(after: &str) -> &str {
    let value = after.trim_start_matches(['"', '\'', ' ', '=', ':']);
    let end = value.find(|c: char| c.is_whitespace() || "&\"',}\\".contains(c));
    &value[..end.unwrap_or(value.len())]
}

fn is_grant_type(value: &str) -> bool {
    let plain = value.replace("%3A", ":").replace("%3a", ":");
    plain.replace("%2D", "-").replace("%2d", "-") == GRANT_TYPE
}

/// Parameters of other ways to get a token.
const SUPERFLUOUS: [&str; 4] = ["client_secret", "client_assertion", "client_id", "scope"];
