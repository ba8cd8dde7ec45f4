//! Java's properties files: read as `Properties.load(InputStream)` reads them, and written so that
//! it reads back what was meant (Java SE 17, `java.util.Properties`).

use zeroize::Zeroizing;

/// One property as Java reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Property {
    /// The line it begins on, from 1.
    pub(crate) line: usize,
    /// The key, escapes undone.
    pub(crate) key: String,
    /// The value as it stands in the file, lines joined, escapes still there.
    pub(crate) raw: Zeroizing<String>,
    /// The value as Java reads it; none when Java refuses the whole file for it.
    pub(crate) value: Option<Zeroizing<String>>,
}

/// Reads a file, every byte as the Latin-1 character it is to Java. The last of two equal keys
/// wins in Java; both stand here.
pub(crate) fn read(bytes: &[u8]) -> Vec<Property> {
    let lines = logical_lines(bytes).into_iter();
    lines.map(|(line, text)| split(line, &text)).collect()
}

/// One line of a properties file. Everything but visible ASCII is escaped, so that the file is the
/// same in every encoding.
pub(crate) fn write_line(key: &str, value: &str) -> String {
    let mut line = String::with_capacity(key.len() + value.len() + 2);
    for c in key.chars() {
        if matches!(c, ' ' | '=' | ':' | '#' | '!') {
            line.push('\\');
        }
        push_escaped(&mut line, c);
    }
    line.push('=');
    let last = value.chars().count().wrapping_sub(1);
    for (at, c) in value.chars().enumerate() {
        match c {
            ' ' if at == 0 => line.push_str("\\ "),
            // A blank nobody sees at the end of a line is soon lost.
            ' ' if at == last => line.push_str("\\u0020"),
            c => push_escaped(&mut line, c),
        }
    }
    line.push('\n');
    line
}

fn push_escaped(line: &mut String, c: char) {
    match c {
        '\\' => line.push_str("\\\\"),
        '\t' => line.push_str("\\t"),
        '\n' => line.push_str("\\n"),
        '\r' => line.push_str("\\r"),
        '\u{c}' => line.push_str("\\f"),
        ' '..='~' => line.push(c),
        c => {
            for unit in c.encode_utf16(&mut [0; 2]) {
                line.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
}

/// Joins continued lines and leaves out comments and blank lines, as Java's line reader does. Each
/// line comes with the number of the line it begins on.
fn logical_lines(bytes: &[u8]) -> Vec<(usize, Zeroizing<Vec<u8>>)> {
    let mut lines = Vec::new();
    let mut line = Zeroizing::new(Vec::new());
    let (mut begins, mut number) = (1, 1);
    let (mut skips_blanks, mut is_continued, mut after_backslash) = (true, false, false);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        let ends_line = matches!(byte, b'\n' | b'\r');
        if ends_line {
            // A carriage return and a line feed are one end.
            at += usize::from(byte == b'\r' && bytes.get(at) == Some(&b'\n'));
            number += 1;
        }
        if skips_blanks && (is_blank(byte) || (ends_line && !is_continued)) {
            continue;
        }
        (skips_blanks, is_continued) = (false, false);
        if line.is_empty() {
            begins = number - usize::from(ends_line);
            if matches!(byte, b'#' | b'!') {
                let rest = &bytes[at..];
                at += rest
                    .iter()
                    .position(|byte| matches!(byte, b'\n' | b'\r'))
                    .unwrap_or(rest.len());
                skips_blanks = true;
                continue;
            }
        }
        if !ends_line {
            line.push(byte);
            after_backslash = byte == b'\\' && !after_backslash;
        } else if line.is_empty() {
            skips_blanks = true;
        } else if after_backslash {
            // A backslash at the very end of the file continues nothing.
            let goes_on = at < bytes.len();
            line.pop();
            after_backslash = false;
            (skips_blanks, is_continued) = (true, true);
            if !goes_on {
                lines.push((begins, std::mem::take(&mut line)));
            }
        } else {
            lines.push((begins, std::mem::take(&mut line)));
            skips_blanks = true;
        }
    }
    let leaves_something = !line.is_empty();
    if after_backslash {
        line.pop();
    }
    if leaves_something {
        lines.push((begins, line));
    }
    lines
}

/// Finds where the key ends and the value begins.
fn split(line: usize, bytes: &[u8]) -> Property {
    let mut key_end = bytes.len();
    let mut after_backslash = false;
    let mut has_separator = false;
    for (at, &byte) in bytes.iter().enumerate() {
        if !after_backslash && (matches!(byte, b'=' | b':') || is_blank(byte)) {
            key_end = at;
            has_separator = !is_blank(byte);
            break;
        }
        after_backslash = byte == b'\\' && !after_backslash;
    }
    let mut value_start = key_end + usize::from(has_separator);
    while let Some(&byte) = bytes.get(value_start) {
        match byte {
            byte if is_blank(byte) => value_start += 1,
            b'=' | b':' if !has_separator => {
                has_separator = true;
                value_start += 1;
            }
            _ => break,
        }
    }
    let raw = latin1(&bytes[value_start.min(bytes.len())..]);
    let key = latin1(&bytes[..key_end]);
    let value = unescaped(&raw);
    let unescaped_key = unescaped(&key);
    let value = value.filter(|_| unescaped_key.is_some());
    Property {
        line,
        key: unescaped_key.unwrap_or(key).to_string(),
        raw,
        value,
    }
}

/// Undoes the escapes; none where Java refuses one.
fn unescaped(text: &str) -> Option<Zeroizing<String>> {
    let mut units: Zeroizing<Vec<u16>> = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let c = match c {
            '\\' => match rest.next() {
                Some('u') => {
                    units.push(hex_unit(&mut rest)?);
                    continue;
                }
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('f') => '\u{c}',
                Some(other) => other,
                None => break,
            },
            c => c,
        };
        units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
    }
    Some(Zeroizing::new(String::from_utf16_lossy(&units)))
}

fn hex_unit(rest: &mut std::str::Chars<'_>) -> Option<u16> {
    let digits = rest.as_str().get(..4)?;
    let is_hex = digits.chars().all(|c| c.is_ascii_hexdigit());
    let unit = u16::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
    *rest = rest.as_str()[4..].chars();
    Some(unit)
}

fn latin1(bytes: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(bytes.iter().copied().map(char::from).collect())
}

/// What Java takes for white space in these files.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\x0c')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// A file, and its properties; none where Java refuses it.
    type Row = (
        &'static [u8],
        Option<&'static [(&'static str, &'static str)]>,
    );

    /// What Java makes of a file: the last of equal keys wins, one bad escape refuses it all.
    fn loaded(bytes: &[u8]) -> Option<BTreeMap<String, String>> {
        let properties = read(bytes).into_iter();
        properties
            .map(|property| Some((property.key, property.value?.to_string())))
            .collect()
    }

    fn check(file: &[u8], expected: Option<&[(&str, &str)]>) {
        let expected = expected.map(|rows| {
            let rows = rows.iter();
            rows.map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect()
        });
        assert_eq!(loaded(file), expected, "{}", file.escape_ascii());
    }

    /// Known answers of OpenJDK 17.0.21: `java Load.java < rows`, a program that gives each row to
    /// `new Properties().load(new ByteArrayInputStream(row))` and prints what `getProperty` says of
    /// every name in `stringPropertyNames()`, or that `load` threw `IllegalArgumentException`.
    #[test]
    fn a_file_is_read_as_java_reads_it() {
        let rows: &[Row] = &[
            (b"a = b", Some(&[("a", "b")])),
            (b"a:b", Some(&[("a", "b")])),
            (b"a b", Some(&[("a", "b")])),
            (b"a=b", Some(&[("a", "b")])),
            (b"a\tb", Some(&[("a", "b")])),
            (b"a\x0cb", Some(&[("a", "b")])),
            (b"  a=b", Some(&[("a", "b")])),
            (b"a  =  b", Some(&[("a", "b")])),
            (b"a : = b", Some(&[("a", "= b")])),
            (b"a == b", Some(&[("a", "= b")])),
            (b"a=:b", Some(&[("a", ":b")])),
            (b"# c\n! d\na=b", Some(&[("a", "b")])),
            (b"  # c\na=b", Some(&[("a", "b")])),
            (b"a=b # c", Some(&[("a", "b # c")])),
            (b"a=x ", Some(&[("a", "x ")])),
            (b"a=x\t", Some(&[("a", "x\t")])),
            (b"a=   x", Some(&[("a", "x")])),
            (b"a=\\ x", Some(&[("a", " x")])),
            (b"f=C:\\temp\\new", Some(&[("f", "C:\temp\new")])),
            (b"f=C:\\\\temp\\\\new", Some(&[("f", "C:\\temp\\new")])),
            (b"f=C:/temp/new", Some(&[("f", "C:/temp/new")])),
            (b"f=C:\\users\\x", None),
            (b"a=one\\\n  two", Some(&[("a", "onetwo")])),
            (b"a=one\\\r\n\ttwo", Some(&[("a", "onetwo")])),
            (b"a=one\\\\\nb=two", Some(&[("a", "one\\"), ("b", "two")])),
            (b"a=one\\\n# two", Some(&[("a", "one# two")])),
            (b"a=one\\\n\nb=two", Some(&[("a", "one"), ("b", "two")])),
            (b"\\\n# c\na=b", Some(&[("a", "b")])),
            (b"a=b\\", Some(&[("a", "b")])),
            (b"a=b\\\\\\", Some(&[("a", "b\\")])),
            (b"# c \\\na=b", Some(&[("a", "b")])),
            (b"a=\"quoted\"", Some(&[("a", "\"quoted\"")])),
            (b"a=#!:=", Some(&[("a", "#!:=")])),
            (
                b"a=\xc3\xa6\xc3\xb8\xc3\xa5",
                Some(&[("a", "\u{c3}\u{a6}\u{c3}\u{b8}\u{c3}\u{a5}")]),
            ),
            (b"a=\xe6\xf8\xe5", Some(&[("a", "\u{e6}\u{f8}\u{e5}")])),
            (b"a=\\u00e6\\u00F8", Some(&[("a", "\u{e6}\u{f8}")])),
            (b"a=\\ud83d\\ude00", Some(&[("a", "\u{1f600}")])),
            (b"a=\\u00e", None),
            (b"a=\\u00eg", None),
            (b"a=\\uu00e6", None),
            (
                b"\xef\xbb\xbfissuer=x",
                Some(&[("\u{ef}\u{bb}\u{bf}issuer", "x")]),
            ),
            (b"key=", Some(&[("key", "")])),
            (b"key", Some(&[("key", "")])),
            (b"key =", Some(&[("key", "")])),
            (b"=x", Some(&[("", "x")])),
            (b": x", Some(&[("", "x")])),
            (b"a=b\r\nc=d\r\n", Some(&[("a", "b"), ("c", "d")])),
            (b"a=b\rc=d", Some(&[("a", "b"), ("c", "d")])),
            (b"a=1\na=2", Some(&[("a", "2")])),
            (b"a\\ b=c", Some(&[("a b", "c")])),
            (b"a\\=b=c", Some(&[("a=b", "c")])),
            (b"a\\:b:c", Some(&[("a:b", "c")])),
            (b"a\\\\=b", Some(&[("a\\", "b")])),
            (b"\\#a=b", Some(&[("#a", "b")])),
            (b"a=\\t\\n\\r\\f\\q\\\"", Some(&[("a", "\t\n\r\u{c}q\"")])),
            (b"a\\u003db=c", Some(&[("a=b", "c")])),
            (b"a=b\x00c", Some(&[("a", "b\u{0}c")])),
            (b"", Some(&[])),
            (b"\n\n \t\n", Some(&[])),
            (b"a=x\x0b ", Some(&[("a", "x\u{b} ")])),
            (b"a\xa0b", Some(&[("a\u{a0}b", "")])),
            (b"\\", Some(&[("", "")])),
            (b"a\\\nb=c", Some(&[("ab", "c")])),
            (b"a=1\\\n  \\\n  2", Some(&[("a", "12")])),
        ];
        for (file, expected) in rows {
            check(file, *expected);
        }
    }

    #[test]
    fn every_property_knows_its_line() {
        let file = b"# c\r\n\r\na=1\\\r\n  2\r\n! d\nb=3\n";
        let lines: Vec<_> = read(file).into_iter().map(|p| (p.line, p.key)).collect();
        assert_eq!(lines, [(3, "a".to_owned()), (6, "b".to_owned())]);
    }

    #[test]
    fn what_would_be_misread_is_escaped() {
        for (key, value, line) in [
            ("a", "b", "a=b\n"),
            ("a", " b ", "a=\\ b\\u0020\n"),
            ("a", " ", "a=\\ \n"),
            ("a", "æ😀", "a=\\u00e6\\ud83d\\ude00\n"),
            ("a", "C:\\temp", "a=C:\\\\temp\n"),
            ("a b:c", "#!:=", "a\\ b\\:c=#!:=\n"),
            ("a", "1\n2\t3", "a=1\\n2\\t3\n"),
        ] {
            assert_eq!(write_line(key, value), line);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_the_same(
            pairs in prop::collection::btree_map(any::<String>(), any::<String>(), 0..5)
        ) {
            let file: String = pairs.iter().map(|(k, v)| write_line(k, v)).collect();
            prop_assert!(file.is_ascii());
            prop_assert_eq!(loaded(file.as_bytes()), Some(pairs));
        }

        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            read(&bytes);
        }
    }
}
