//! YAML: values written so that they are the same text to every reader (YAML 1.2, §7.3.1 and
//! §7.3.2), and files read as paths and values.

use saphyr_parser::{Event, Parser};
use zeroize::Zeroizing;

use super::entry::Entry;

/// A text as a YAML scalar: double-quoted wherever a reader could take it for something else.
pub(crate) fn scalar(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '_' | '-' | ':');
    let starts_well = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_word = WORDS.contains(&text.to_ascii_lowercase().as_str());
    if starts_well && !is_word && !text.ends_with(':') && text.chars().all(plain) {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Every scalar with its path, such as `keystore.alias` and `list[0].name`. What an alias repeats
/// is left out. Errors with the line where the YAML ends to be YAML.
pub(crate) fn read(text: &str) -> Result<Vec<Entry>, usize> {
    let mut entries = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| error.marker().line())?;
        match event {
            Event::MappingStart(..) => {
                let path = next_path(&mut open).map_err(|()| span.start.line())?;
                open.push(Open::Mapping(path, None));
            }
            Event::SequenceStart(..) => {
                let path = next_path(&mut open).map_err(|()| span.start.line())?;
                open.push(Open::Sequence(path, 0));
            }
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
            }
            Event::Scalar(value, ..) => match open.last_mut() {
                Some(Open::Mapping(_, key @ None)) => *key = Some(value.into_owned()),
                _ => {
                    let path = next_path(&mut open).map_err(|()| span.start.line())?;
                    let value = Zeroizing::new(value.into_owned());
                    entries.push(Entry::plain(Some(span.start.line()), path, value));
                }
            },
            Event::Alias(..) => {
                next_path(&mut open).map_err(|()| span.start.line())?;
            }
            _ => {}
        }
    }
    Ok(entries)
}

/// A mapping or a sequence that is being read, with its path.
enum Open {
    /// With the key whose value comes next.
    Mapping(String, Option<String>),
    /// With the number of the next item.
    Sequence(String, usize),
}

/// The path of the value that begins here. Errors where a key is not a scalar, or lies too deep.
fn next_path(open: &mut [Open]) -> Result<String, ()> {
    if open.len() > DEPTH_MAX {
        return Err(());
    }
    match open.last_mut() {
        None => Ok(String::new()),
        Some(Open::Sequence(path, next)) => {
            *next += 1;
            Ok(format!("{path}[{}]", *next - 1))
        }
        Some(Open::Mapping(path, key)) => {
            let key = key.take().ok_or(())?;
            match path.is_empty() {
                true => Ok(key),
                false => Ok(format!("{path}.{key}")),
            }
        }
    }
}

/// Deeper than any settings.
const DEPTH_MAX: usize = 32;

/// Words that are no text to readers of YAML 1.1, as Spring's.
const WORDS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_scalar_has_its_path_and_line() {
        let text = "# c\na: 1\nb:\n  c: x y\n  d.e: 'z'\nl:\n  - n: q\n  - r\n";
        let found: Vec<_> = read(text)
            .expect("YAML")
            .into_iter()
            .map(|e| (e.line.expect("a line"), e.key, e.read.to_string()))
            .collect();
        let expected = [
            (2, "a", "1"),
            (4, "b.c", "x y"),
            (5, "b.d.e", "z"),
            (7, "l[0].n", "q"),
            (8, "l[1]", "r"),
        ];
        let expected = expected.map(|(l, k, v)| (l, k.to_owned(), v.to_owned()));
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_no_yaml_is_told_with_its_line() {
        // The production profile of the reference application: a mapping below a scalar.
        let broken = "keystore:\n  alias: x\n    password: y\n";
        assert_eq!(read(broken).expect_err("no YAML"), 3);
        assert!(read(&"[".repeat(10_000)).is_err());
        assert!(read(&"- ".repeat(10_000)).is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_the_same(value in any::<String>()) {
            let entries = read(&format!("a: {}\n", scalar(&value))).expect("YAML");
            prop_assert_eq!(entries.len(), 1);
            prop_assert_eq!(&**entries[0].read, &value);
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            let _ = read(&text);
        }
    }
}
