//! What is kept of the header and the claims of a grant.

use serde_json::{Map, Value};

/// A copy fit to be looked at: long things cut short, national identity numbers half hidden, and
/// never more than [`BYTES_MAX`] in all, whatever arrived.
pub(crate) fn shown(object: &Map<String, Value>) -> Value {
    let copy = copy_object(object, DEPTH_MAX);
    match copy.to_string().len() <= BYTES_MAX {
        true => copy,
        false => Value::String(CUT.to_owned()),
    }
}

/// Hides the last five of every eleven digits in a row: those are what makes a date a person.
pub(super) fn without_pids(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut digits = String::new();
    for c in text.chars().chain([END]) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        match digits.len() {
            PID_DIGITS => {
                out.push_str(&digits[..BIRTH_DIGITS]);
                out.push_str("*****");
            }
            _ => out.push_str(&digits),
        }
        digits.clear();
        if c != END {
            out.push(c);
        }
    }
    out
}

fn copy_object(object: &Map<String, Value>, depth: usize) -> Value {
    let members = object.iter().take(MEMBERS_MAX).map(|(name, value)| {
        let value = match name.as_str() {
            // Whatever stands here is meant as a person.
            "pid" => hidden(value),
            _ => copy(value, depth),
        };
        (short(name), value)
    });
    Value::Object(members.collect())
}

fn copy(value: &Value, depth: usize) -> Value {
    match value {
        Value::Null | Value::Bool(_) => value.clone(),
        Value::Number(number) => {
            let text = number.to_string();
            match text.len() {
                PID_DIGITS => short(&text).into(),
                _ => value.clone(),
            }
        }
        Value::String(text) => short(text).into(),
        Value::Array(_) | Value::Object(_) if depth == 0 => CUT.into(),
        Value::Array(elements) => elements
            .iter()
            .take(MEMBERS_MAX)
            .map(|element| copy(element, depth - 1))
            .collect(),
        Value::Object(members) => copy_object(members, depth - 1),
    }
}

/// The first six characters of a `pid`, the date of birth when it is right, and none of the rest.
fn hidden(pid: &Value) -> Value {
    match pid {
        Value::String(text) if text.chars().count() == PID_DIGITS => {
            let birth: String = text.chars().take(BIRTH_DIGITS).collect();
            format!("{birth}*****").into()
        }
        _ => "***".into(),
    }
}

/// A text, cut short and without whole identity numbers.
pub(super) fn short(text: &str) -> String {
    // Hidden before it is cut, or a cut number would show more than its date.
    let start: String = text.chars().take(TEXT_CHARS_MAX + PID_DIGITS).collect();
    let mut kept: String = without_pids(&start).chars().take(TEXT_CHARS_MAX).collect();
    if text.chars().nth(TEXT_CHARS_MAX).is_some() {
        kept.push_str(CUT);
    }
    kept
}

/// A national identity number has this many digits.
const PID_DIGITS: usize = 11;

/// Of which the first six are a date.
const BIRTH_DIGITS: usize = 6;

/// Stands where something was left out.
const CUT: &str = "…";

/// Ends a row of digits at the end of a text.
const END: char = '\0';

/// A claim as long as any that means something; a certificate is cut.
const TEXT_CHARS_MAX: usize = 160;

/// More members or elements than any grant has.
const MEMBERS_MAX: usize = 24;

/// Deeper than `authorization_details`.
const DEPTH_MAX: usize = 4;

/// The most that is kept of a header, or of the claims.
const BYTES_MAX: usize = 6 * 1024;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shown_of(value: Value) -> Value {
        match value {
            Value::Object(members) => shown(&members),
            other => other,
        }
    }

    #[test]
    fn no_identity_number_is_kept_whole() {
        for (stated, kept) in [
            (
                json!({ "pid": "12345678901" }),
                json!({ "pid": "123456*****" }),
            ),
            (
                json!({ "pid": 12_345_678_901_u64 }),
                json!({ "pid": "***" }),
            ),
            (json!({ "pid": ["12345678901"] }), json!({ "pid": "***" })),
            (json!({ "pid": "abc" }), json!({ "pid": "***" })),
            (
                json!({ "a": "x 12345678901" }),
                json!({ "a": "x 123456*****" }),
            ),
            (
                json!({ "a": 12_345_678_901_u64 }),
                json!({ "a": "123456*****" }),
            ),
            (
                json!({ "a": [{ "from": "urn:altinn:person:identifier-no:12345678901" }] }),
                json!({ "a": [{ "from": "urn:altinn:person:identifier-no:123456*****" }] }),
            ),
            (json!({ "12345678901": 1 }), json!({ "123456*****": 1 })),
            // Organisation numbers, times and longer rows are no persons.
            (
                json!({ "iss": "0192:313045285" }),
                json!({ "iss": "0192:313045285" }),
            ),
            (
                json!({ "iat": 1_795_000_000 }),
                json!({ "iat": 1_795_000_000 }),
            ),
            (
                json!({ "a": "123456789012" }),
                json!({ "a": "123456789012" }),
            ),
        ] {
            assert_eq!(shown_of(stated.clone()), kept, "{stated}");
        }
    }

    #[test]
    fn a_cut_shows_no_more_of_an_identity_number() {
        for before in TEXT_CHARS_MAX - PID_DIGITS..TEXT_CHARS_MAX {
            let text = format!("{}12345678901", "x".repeat(before));
            assert!(!short(&text).contains("1234567"), "{before}");
        }
    }

    #[test]
    fn what_is_kept_has_an_end() {
        let long = "x".repeat(100_000);
        let rows = [
            json!({ "a": long }),
            json!({ long.clone(): 1 }),
            json!({ "a": vec![1; 100_000] }),
            json!({ "a": vec![long.clone(); 1_000], "b": vec![long.clone(); 1_000] }),
            (0..1_000).fold(json!({}), |inner, _| json!({ "a": inner })),
        ];
        for row in rows {
            assert!(shown_of(row).to_string().len() <= BYTES_MAX + 10);
        }
    }
}
