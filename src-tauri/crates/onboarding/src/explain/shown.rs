//! What may be told again of a value from a pasted text.

/// The value in one line, cut to a length that cannot be a key or a token, without numbers that
/// may be a person's and without what would steer a terminal.
pub(super) fn shown(value: &str) -> String {
    let words = value.split_whitespace().map(|word| {
        let long = word.chars().count() > WORD_CHARACTERS_MAX;
        match long || is_jwt(word) || has_user(word) {
            true => "…".to_owned(),
            false => without_person_numbers(word),
        }
    });
    let line = words.collect::<Vec<_>>().join(" ");
    let plain = line.chars().filter(|c| !c.is_control() && !steers(*c));
    let mut text: String = plain.clone().take(CHARACTERS_MAX).collect();
    if plain.count() > CHARACTERS_MAX {
        text.push('…');
    }
    text
}

/// An address without user, password, query and fragment, which may hold secrets.
pub(super) fn address(link: &str) -> String {
    let end = link.find(['?', '#']).unwrap_or(link.len());
    let link = &link[..end];
    let Some((scheme, rest)) = link.split_once(":/") else {
        return link.rsplit('@').next().unwrap_or(link).to_owned();
    };
    // A link may lack one of the two slashes; another one may be glued to it further on.
    let (slashes, rest) = match rest.strip_prefix('/') {
        Some(rest) => ("//", rest),
        None => ("/", rest),
    };
    let path = rest.find('/').unwrap_or(rest.len());
    let (host, path) = rest.split_at(path);
    let host = host.rsplit('@').next().unwrap_or(host);
    // What is glued on may hold a password or a secret of its own.
    let plain = |part: &str| !part.contains(['@', '=']);
    let host = if plain(host) { host } else { "…" };
    let is_plain = plain(path) && !path.contains(':');
    let path = if is_plain { path } else { "/…" };
    format!("{scheme}:{slashes}{host}{path}")
}

fn is_jwt(word: &str) -> bool {
    word.contains("eyJ") && word.len() > 40
}

/// A user with a password, before the host of an address.
fn has_user(word: &str) -> bool {
    let before = word.split_once('@').map(|(before, _)| before);
    before.is_some_and(|before| before.rsplit("//").next().is_some_and(|b| b.contains(':')))
}

/// Eleven digits in a row are a person's number, or look like one.
fn without_person_numbers(word: &str) -> String {
    let mut told = String::with_capacity(word.len());
    let mut digits = String::new();
    for c in word.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        match digits.len() {
            11 => told.push('…'),
            _ => told.push_str(&digits),
        }
        digits.clear();
        if c != '\0' {
            told.push(c);
        }
    }
    told
}

/// Marks that change the direction of a line.
fn steers(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

const WORD_CHARACTERS_MAX: usize = 120;
const CHARACTERS_MAX: usize = 300;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_again_has_no_key_token_or_person_in_it() {
        let token = format!("eyJhbGciOiJSUzI1NiJ9.{}", "a".repeat(40));
        for (value, told) in [
            ("a:b c:d", "a:b c:d"),
            ("pid 13097248022 borte", "pid … borte"),
            ("orgnr 991825827", "orgnr 991825827"),
            ("se https://u:p@x.no/", "se …"),
            ("post@x.no", "post@x.no"),
            (&format!("x {token}"), "x …"),
            (&"k".repeat(121), "…"),
            ("a\u{1b}[31m\u{202e}b", "a[31mb"),
        ] {
            assert_eq!(shown(value), told);
        }
    }

    #[test]
    fn an_address_is_told_without_what_may_be_secret() {
        for (link, told) in [
            ("https://u:p@x.no/a?b=c", "https://x.no/a"),
            ("https:/x.no/a#b", "https:/x.no/a"),
            ("https://x.no", "https://x.no"),
            ("https://x.no/https://u:p@y.no", "https://x.no/…"),
            ("https:/x.no/a=b", "https:/x.no/…"),
            ("https:/x.no/a=bhttps://y.no/", "https:/x.no/…"),
            ("https://a=b/c", "https://…/c"),
        ] {
            assert_eq!(address(link), told);
        }
    }
}
