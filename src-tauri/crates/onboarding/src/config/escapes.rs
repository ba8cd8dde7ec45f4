//! Single backslashes in JSON and YAML, where a path of Windows is typed as it is: most make the file unreadable.

use zeroize::Zeroizing;

use super::entry::Entry;

/// Reads a text, and where it cannot be read, once more with the backslashes doubled that begin no escape. The values they
/// stand in are told as read without them.
///
/// Errors with the line where the text as it is cannot be read.
pub(crate) fn read_mended(
    text: &str,
    escapes: &str,
    read: impl Fn(&str) -> Result<Vec<Entry>, usize>,
) -> Result<Vec<Entry>, usize> {
    read(text).or_else(|line| {
        let mended = doubled(text, escapes).ok_or(line)?;
        let entries = read(&mended).map_err(|_| line)?;
        Ok(entries.into_iter().map(told).collect())
    })
}

/// The letters after a backslash in JSON (RFC 8259 §7).
pub(crate) const OF_JSON: &str = "\"\\/bfnrtu";
/// The same in YAML (YAML 1.2 §5.7); a line may be broken after one too.
pub(crate) const OF_YAML: &str = "0abt\tnvfre \"/\\N_LPxuU\n\r";

/// The text with those backslashes doubled and marked; none where there are none. In one piece from the start, for it may
/// hold a password.
fn doubled(text: &str, escapes: &str) -> Option<Zeroizing<String>> {
    // A backslash becomes two behind a mark.
    let mut out = Zeroizing::new(String::with_capacity(text.len() * (2 + MARK.len_utf8())));
    let mut is_changed = false;
    let mut is_inside = false;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '"' => is_inside = !is_inside,
            '\\' if is_inside => match rest.clone().next() {
                Some(next) if escapes.contains(next) && is_whole(next, rest.as_str()) => {
                    out.extend([c, next]);
                    rest.next();
                    continue;
                }
                _ => {
                    is_changed = true;
                    out.extend([MARK, c]);
                }
            },
            _ => {}
        }
        out.push(c);
    }
    is_changed.then_some(out)
}

/// Whether the digits follow that the escape needs; `rest` begins with its letter.
fn is_whole(letter: char, rest: &str) -> bool {
    let digits = match letter {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    let mut found = rest.bytes().skip(1).take(digits);
    found.len() == digits && found.all(|byte| byte.is_ascii_hexdigit())
}

/// The value without the marks, and what becomes of it without the backslashes behind them.
fn told(entry: Entry) -> Entry {
    if !entry.read.contains(MARK) {
        return entry;
    }
    Entry {
        read: Zeroizing::new(entry.read.replace([MARK, '\\'], "")),
        meant: Zeroizing::new(entry.read.replace(MARK, "")),
        faults: vec!["backslashes_eaten"],
        ..entry
    }
}

/// Of the private use area: in no file by chance.
const MARK: char = '\u{f8ff}';

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_begins_no_escape_is_doubled() {
        let mended = |text: &str| {
            let out = doubled(text, OF_JSON)?;
            Some(out.replace(MARK, ""))
        };
        assert_eq!(
            mended(r#""C:\Certs\new""#).as_deref(),
            Some(r#""C:\\Certs\new""#)
        );
        assert_eq!(mended(r#""\users" \q"#).as_deref(), Some(r#""\\users" \q"#));
        assert_eq!(mended(r#""a\"\\b\u00e5""#), None);
        assert_eq!(mended(r#""C:\"#).as_deref(), Some(r#""C:\\"#));
    }
}
