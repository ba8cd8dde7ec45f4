//! What goes wrong between a properties file as it was typed and as Java reads it.

use zeroize::Zeroizing;

use super::entry::Entry;
use super::properties::{self, Property};

/// The properties of a file, each with what Java makes of it and what was meant.
pub(crate) fn read(bytes: &[u8]) -> Vec<Entry> {
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    let properties = properties::read(bytes).into_iter();
    properties
        .map(|property| entry(property, is_utf8))
        .collect()
}

fn entry(property: Property, is_utf8: bool) -> Entry {
    let Property {
        line,
        key,
        raw,
        value,
    } = property;
    let mut faults = Vec::new();
    let mut meant = value.clone().unwrap_or_else(|| with_backslashes(&raw));
    if value.is_none() {
        faults.push("unicode_escape_broken");
    } else if has_eaten_backslash(&raw) {
        faults.push("backslashes_eaten");
        meant = with_backslashes(&raw);
    }
    if is_utf8 && !raw.is_ascii() {
        faults.push("utf8_read_as_latin1");
        meant = as_utf8(&meant).unwrap_or(meant);
    }
    let blanks = stray_blanks(&raw);
    if blanks > 0 {
        faults.push("trailing_blank");
        meant = without_blanks(&meant, blanks);
    }
    if let Some(inner) = unquoted(&meant) {
        faults.push("quotes_kept");
        meant = inner;
    }
    Entry {
        line: Some(line),
        key,
        read: value.unwrap_or(raw),
        meant,
        faults,
    }
}

/// Whether Java drops or reinterprets a backslash that nobody writes on purpose: on purpose are a
/// doubled one, one before a separator, a comment sign or a blank, and `\uXXXX`.
fn has_eaten_backslash(raw: &str) -> bool {
    let mut rest = raw.chars();
    while let Some(c) = rest.next() {
        let is_meant = |c: char| matches!(c, '\\' | ':' | '=' | '#' | '!' | ' ' | 'u');
        if c == '\\' && rest.next().is_some_and(|next| !is_meant(next)) {
            return true;
        }
    }
    false
}

/// The value with the backslashes that were typed. Of doubled ones between single ones one was
/// meant; at the beginning they are a network share.
fn with_backslashes(raw: &str) -> Zeroizing<String> {
    let raw = raw.trim_end_matches([' ', '\t']);
    let (share, rest) = match raw.strip_prefix(r"\\\\").or(raw.strip_prefix(r"\\")) {
        Some(rest) => (r"\\", rest),
        None => ("", raw),
    };
    Zeroizing::new(format!("{share}{}", rest.replace(r"\\", r"\")))
}

/// The bytes that Java took for Latin-1, as the UTF-8 they are.
fn as_utf8(text: &str) -> Option<Zeroizing<String>> {
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(c).ok()).collect();
    String::from_utf8(bytes?).ok().map(Zeroizing::new)
}

/// How many blanks stand at the end without being meant.
fn stray_blanks(raw: &str) -> usize {
    let before = raw.trim_end_matches(BLANKS);
    let backslashes = before.len() - before.trim_end_matches('\\').len();
    let blanks = raw.len() - before.len();
    // One blank after a backslash stands there on purpose.
    blanks.saturating_sub(backslashes % 2)
}

/// The text without that many blanks at its end, as far as they have not been taken away before.
fn without_blanks(text: &str, blanks: usize) -> Zeroizing<String> {
    let mut text = text;
    for _ in 0..blanks {
        text = text.strip_suffix(BLANKS).unwrap_or(text);
    }
    Zeroizing::new(text.to_owned())
}

fn unquoted(text: &str) -> Option<Zeroizing<String>> {
    let text = text.trim();
    ['"', '\''].into_iter().find_map(|quote| {
        let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
        Some(Zeroizing::new(inner.to_owned()))
    })
}

const BLANKS: [char; 3] = [' ', '\t', '\u{c}'];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &[u8], faults: &[&str], meant: &str) {
        let entries = read(file);
        let shown = file.escape_ascii();
        assert_eq!(entries.len(), 1, "{shown}");
        assert_eq!(entries[0].faults, faults, "{shown}");
        assert_eq!(&*entries[0].meant, meant, "{shown}");
    }

    #[test]
    fn what_was_meant_is_seen_behind_what_java_reads() {
        check(br"f=C:\temp\new", &["backslashes_eaten"], r"C:\temp\new");
        check(br"f=C:\users\x", &["unicode_escape_broken"], r"C:\users\x");
        check(br"f=C:\\temp\\new", &[], r"C:\temp\new");
        check(br"f=C\:\\temp", &[], r"C:\temp");
        check(
            br"f=\\server\share",
            &["backslashes_eaten"],
            r"\\server\share",
        );
        check(br"f=\\\\server\\share", &[], r"\\server\share");
        check(br"f=C:\\keys\new", &["backslashes_eaten"], r"C:\keys\new");
        check(b"f=C:/temp/new", &[], "C:/temp/new");
        check("f=nøkkel".as_bytes(), &["utf8_read_as_latin1"], "nøkkel");
        check(b"f=n\xf8kkel", &[], "nøkkel");
        check(br"f=n\u00f8kkel", &[], "nøkkel");
        check(
            "f=C:\\nøkkel".as_bytes(),
            &["backslashes_eaten", "utf8_read_as_latin1"],
            "C:\\nøkkel",
        );
        check(b"f=x ", &["trailing_blank"], "x");
        check(b"f=x \t ", &["trailing_blank"], "x");
        check(b"f=x\\  ", &["trailing_blank"], "x ");
        check(b"f=x\\ ", &[], "x ");
        check(br"f=x\u0020", &[], "x ");
        check(b"f=\"x y\"", &["quotes_kept"], "x y");
        check(b"f='x'", &["quotes_kept"], "x");
        check(b"f=\"", &[], "\"");
    }
}
