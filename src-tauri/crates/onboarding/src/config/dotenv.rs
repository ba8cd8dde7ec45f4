//! Files of environment variables, `NAME=value` on each line.

use zeroize::Zeroizing;

use super::entry::Entry;

/// One line. Quoted only where it must be: not every reader takes the quotes away again.
pub(crate) fn write_line(name: &str, value: &str) -> String {
    let bare = |c: char| c.is_alphanumeric() || " .,:;/_-+=@%{}[]".contains(c);
    let needs_none = value.chars().all(bare) && value.trim() == value;
    if needs_none {
        return format!("{name}={value}\n");
    }
    if !value.contains(['\'', '\n', '\r']) {
        return format!("{name}='{value}'\n");
    }
    let escaped = value
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('$', "\\$")
        .replace('\n', "\\n")
        .replace('\r', "\\r");
    format!("{name}=\"{escaped}\"\n")
}

/// Every variable: `export` before it, quotes around the value and a remark after it are not part
/// of it.
pub(crate) fn read(text: &str) -> Vec<Entry> {
    let lines = text.lines().enumerate();
    lines
        .filter_map(|(index, line)| {
            let line = line.trim_start();
            let line = line.strip_prefix("export ").unwrap_or(line);
            let (name, value) = line.split_once('=')?;
            if name.starts_with('#') {
                return None;
            }
            let text = value.trim_start();
            let value = value_of(text);
            let mut entry = Entry::plain(Some(index + 1), name.trim().to_owned(), value);
            // Some readers cut the blanks off, and others, such as Docker's, do not.
            if !entry.read.is_empty()
                && text.ends_with([' ', '\t'])
                && text.trim_end() == &**entry.read
            {
                entry.faults.push("trailing_blank");
            }
            Some(entry)
        })
        .collect()
}

fn value_of(text: &str) -> Zeroizing<String> {
    if let Some(end) = text.strip_prefix('\'').and_then(|rest| rest.find('\'')) {
        return Zeroizing::new(text[1..=end].to_owned());
    }
    if let Some(value) = text.strip_prefix('"').and_then(double_quoted) {
        return value;
    }
    let bare = text.find(" #").map_or(text, |at| &text[..at]);
    Zeroizing::new(bare.trim_end().to_owned())
}

fn double_quoted(text: &str) -> Option<Zeroizing<String>> {
    let mut value = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text.chars();
    loop {
        match rest.next()? {
            '"' => return Some(value),
            '\\' => match rest.next()? {
                'n' => value.push('\n'),
                'r' => value.push('\r'),
                't' => value.push('\t'),
                c @ ('"' | '\\' | '$') => value.push(c),
                c => value.extend(['\\', c]),
            },
            c => value.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(line: &str, name: &str, value: &str) {
        let entries = read(line);
        let found: Vec<_> = entries.iter().map(|e| (&*e.key, &**e.read)).collect();
        assert_eq!(found, [(name, value)], "{line}");
    }

    #[test]
    fn a_variable_is_read_without_its_dress() {
        for (line, value) in [
            ("A=b", "b"),
            ("export A=b", "b"),
            ("  A = b  ", "b"),
            ("A=b c # remark", "b c"),
            ("A=b#c", "b#c"),
            ("A='b # c'", "b # c"),
            ("A=\"b \\\"c\\\"\" # d", "b \"c\""),
            ("A=\"C:\\dir\"", "C:\\dir"),
            ("A={\"kty\":\"RSA\"}", "{\"kty\":\"RSA\"}"),
            ("A=", ""),
        ] {
            check(line, "A", value);
        }
        assert!(read("# A=b\n\nnothing").is_empty());
    }

    #[test]
    fn a_blank_at_the_end_is_seen_where_nothing_stands_around_it() {
        for (line, expected) in [
            ("A=b ", &["trailing_blank"][..]),
            ("A=b\t", &["trailing_blank"]),
            ("A=b", &[]),
            ("A= ", &[]),
            ("A='b' ", &[]),
            ("A=b # remark ", &[]),
        ] {
            assert_eq!(read(line)[0].faults, expected, "{line}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_the_same(value in "[^\\n\\r]{1,30}") {
            let line = write_line("A", &value);
            let entries = read(&line);
            prop_assert_eq!(entries.len(), 1, "{}", line);
            prop_assert_eq!(&**entries[0].read, &value);
        }
    }
}
