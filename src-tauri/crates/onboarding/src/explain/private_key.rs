//! Private keys: refused, and taken out of the text before anything else looks at it.

use zeroize::Zeroizing;

use super::{Finding, FindingGravity};

/// Puts blanks where private keys stand, in PEM and as JWK, and tells that they stood there.
pub(super) fn take_out(text: &mut Zeroizing<String>) -> Vec<Finding> {
    let mut places = pem(text);
    places.extend(jwk(text));
    if places.is_empty() {
        return Vec::new();
    }
    let line = |at: usize| 1 + text[..at].matches('\n').count();
    let first = places.iter().map(|(from, _)| *from).min();
    let finding = Finding::pasted("private_key", FindingGravity::Secret);
    let finding = finding.on_line(line(first.unwrap_or(0)));
    let bytes = text.bytes().enumerate().map(|(at, byte)| {
        let is_secret = places.iter().any(|(from, to)| (*from..*to).contains(&at));
        if is_secret && byte != b'\n' {
            b' '
        } else {
            byte
        }
    });
    let bytes: Zeroizing<Vec<u8>> = Zeroizing::new(bytes.collect());
    // Places begin and end at ASCII characters, so what is left is text.
    let left = String::from_utf8_lossy(&bytes).into_owned();
    *text = Zeroizing::new(left);
    vec![finding]
}

/// From the first line of a block to its last, or to the end of the text.
fn pem(text: &str) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(begin) = text[from..].find("-----BEGIN ") {
        let begin = from + begin;
        let label = begin + "-----BEGIN ".len();
        let Some(length) = text[label..].find("-----") else {
            break;
        };
        let is_private = text[label..label + length].ends_with("PRIVATE KEY");
        let body = label + length;
        if !is_private || length > LABEL_MAX {
            from = label;
            continue;
        }
        let end = text[body..].find("-----END ").and_then(|at| {
            let last = body + at + "-----END ".len();
            text[last..].find("-----").map(|more| last + more + 5)
        });
        let end = end.unwrap_or(text.len());
        places.push((begin, end));
        from = end;
    }
    places
}

/// The values of the private members of a JWK (RFC 7518 §6.3.2, §6.2.2, §6.4).
fn jwk(text: &str) -> Vec<(usize, usize)> {
    if !text.contains("kty") {
        return Vec::new();
    }
    PRIVATE_MEMBERS
        .iter()
        .flat_map(|name| values(text, name))
        .collect()
}

/// The values of a member, which may be quoted once more for a string in a string.
fn values<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
    text.match_indices(name).filter_map(move |(at, _)| {
        let before = text[..at].trim_end_matches(['"', '\'', '\\']);
        let is_member =
            before.len() < at && before.ends_with(|c: char| "{,".contains(c) || c.is_whitespace());
        let rest = &text[at + name.len()..];
        let rest = rest.trim_start_matches(['"', '\'', '\\']).trim_start();
        let rest = rest.strip_prefix(':')?.trim_start();
        let value = rest.trim_start_matches(['"', '\'', '\\']);
        let from = text.len() - value.len();
        let is_value =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '/' | '=');
        let length = value.find(|c: char| !is_value(c)).unwrap_or(value.len());
        (is_member && length >= VALUE_MIN).then_some((from, from + length))
    })
}

const PRIVATE_MEMBERS: [&str; 7] = ["d", "p", "q", "dp", "dq", "qi", "k"];

/// A shorter value is not a key.
const VALUE_MIN: usize = 16;

/// A longer label is no label.
const LABEL_MAX: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, left: &str, found: bool) {
        let mut pasted = Zeroizing::new(text.to_owned());
        assert_eq!(!take_out(&mut pasted).is_empty(), found, "{text}");
        let squeezed: Vec<&str> = pasted.split_whitespace().collect();
        assert_eq!(squeezed.join(" "), left, "{text}");
    }

    #[test]
    fn private_keys_are_taken_out_and_public_ones_stay() {
        check(
            "før\n-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----\netter",
            "før etter",
            true,
        );
        check("-----BEGIN PRIVATE KEY-----\nMIIabc", "", true);
        check(
            "-----BEGIN PUBLIC KEY-----\nMIIabc\n-----END PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY----- MIIabc -----END PUBLIC KEY-----",
            false,
        );
        check("-----BEGIN ", "-----BEGIN", false);
        let secret = "s".repeat(43);
        check(
            &format!(r#"{{"kty":"RSA","n":"abc","d": "{secret}","e":"AQAB"}}"#),
            r#"{"kty":"RSA","n":"abc","d": " ","e":"AQAB"}"#,
            true,
        );
        check(
            &format!(r#"JWK="{{\"kty\":\"EC\",\"d\":\"{secret}\"}}""#),
            r#"JWK="{\"kty\":\"EC\",\"d\":\" \"}""#,
            true,
        );
        check(
            r#"{"kty":"RSA","e":"AQAB","n":"0123456789012345678901234567890","kid":"1"}"#,
            r#"{"kty":"RSA","e":"AQAB","n":"0123456789012345678901234567890","kid":"1"}"#,
            false,
        );
    }
}
