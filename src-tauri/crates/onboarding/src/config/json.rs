//! JSON settings: written in a given order, and read as paths and values.

use std::collections::BTreeMap;

use serde_json::Value;
use zeroize::{Zeroize, Zeroizing};

use super::entry::Entry;

/// One object within one section, members in the order they come.
pub(crate) fn write<'a>(section: &str, members: impl Iterator<Item = (&'a str, Value)>) -> String {
    let members: Vec<String> = members
        .map(|(key, value)| format!("    \"{key}\": {value}"))
        .collect();
    format!(
        "{{\n  \"{section}\": {{\n{}\n  }}\n}}\n",
        members.join(",\n")
    )
}

/// Every value with its path, such as `MaskinportenSettings:ClientId`; the line is where the name
/// is first seen. Remarks and trailing commas are passed over, as .NET's configuration does. Errors
/// with the line where the JSON ends to be JSON.
pub(crate) fn read(text: &str) -> Result<Vec<Entry>, usize> {
    let text = plain(text);
    let mut value: Value = serde_json::from_str(&text).map_err(|error| error.line())?;
    let mut entries = Vec::new();
    flatten(&value, String::new(), &lines_of_names(&text), &mut entries);
    wipe(&mut value);
    Ok(entries)
}

type Lines<'a> = BTreeMap<&'a str, usize>;

fn flatten(value: &Value, path: String, lines: &Lines<'_>, entries: &mut Vec<Entry>) {
    let below = |name: &str| match path.is_empty() {
        true => name.to_owned(),
        false => format!("{path}:{name}"),
    };
    let line = || lines.get(path.rsplit(':').next()?).copied();
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                flatten(member, below(name), lines, entries);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                flatten(item, below(&index.to_string()), lines, entries);
            }
        }
        Value::Null => {}
        Value::String(string) => {
            let string = Zeroizing::new(string.clone());
            entries.push(Entry::plain(line(), path, string));
        }
        other => {
            let string = Zeroizing::new(other.to_string());
            entries.push(Entry::plain(line(), path, string));
        }
    }
}

/// The text without remarks and trailing commas, each line at its place. In one piece from the start,
/// for it may hold a password and a buffer that grows leaves copies behind.
fn plain(text: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    // Where a comma stands that may turn out to be the last, and what stood before it.
    let (mut comma, mut last) = (None, '[');
    while let Some(c) = rest.chars().next() {
        if let Some(end) = remark_len(rest) {
            // What a remark divides stays divided.
            out.push(' ');
            out.extend(rest[..end].chars().filter(|c| *c == '\n'));
            rest = &rest[end..];
            continue;
        }
        let token = &rest[..token_len(rest, c)];
        match c {
            ',' => comma = (!"[{,:".contains(last)).then_some(out.len()),
            ']' | '}' => {
                if let Some(at) = comma.take() {
                    out.replace_range(at..=at, " ");
                }
            }
            c if !c.is_ascii_whitespace() => comma = None,
            _ => {}
        }
        if !c.is_ascii_whitespace() {
            last = c;
        }
        out.push_str(token);
        rest = &rest[token.len()..];
    }
    out
}

/// How long the remark at the beginning of the text is; none where there is none, or it does not end.
fn remark_len(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        Some(text.find(['\n', '\r']).unwrap_or(text.len()))
    } else {
        let inside = text.strip_prefix("/*")?;
        Some(inside.find("*/")? + "/**/".len())
    }
}

/// How much of the text is copied at once: a string as a whole, and all from a slash that begins no remark, for it is
/// wrong there and what follows need not be looked through again and again.
fn token_len(text: &str, first: char) -> usize {
    match first {
        '"' => string_len(text),
        '/' => text.len(),
        other => other.len_utf8(),
    }
}

/// How long the string at the beginning of the text is, with its quotes.
fn string_len(text: &str) -> usize {
    let mut after_backslash = false;
    let end = text[1..].find(|c| {
        let ends = c == '"' && !after_backslash;
        after_backslash = c == '\\' && !after_backslash;
        ends
    });
    end.map_or(text.len(), |end| end + 2)
}

/// The first line of each name in the text, for the parser tells no places.
fn lines_of_names(text: &str) -> Lines<'_> {
    let mut lines = BTreeMap::new();
    let mut rest = text;
    let mut line = 1;
    while let Some((before, after)) = rest.split_once('"') {
        line += before.matches('\n').count();
        let mut after_backslash = false;
        let end = after.find(|c| {
            let ends = c == '"' && !after_backslash;
            after_backslash = c == '\\' && !after_backslash;
            ends
        });
        let Some(end) = end else { break };
        rest = &after[end + 1..];
        if rest.trim_start().starts_with(':') {
            lines.entry(&after[..end]).or_insert(line);
        }
    }
    lines
}

/// What was read may be a password or a key.
fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_path_and_the_line_of_its_name() {
        let text = "{\n \"s\": {\n  \"a\": \"x: \\\"b\\\":\",\n  \"b\": true, \"n\": null}}";
        let found: Vec<_> = read(text)
            .expect("JSON")
            .into_iter()
            .map(|e| (e.line, e.key, e.read.to_string()))
            .collect();
        let expected = [(3, "s:a", "x: \"b\":"), (4, "s:b", "true")];
        let expected = expected.map(|(l, k, v)| (Some(l), k.to_owned(), v.to_owned()));
        assert_eq!(found, expected);
        assert_eq!(read("{\n\"a\": }").expect_err("no JSON"), 2);
    }

    #[test]
    fn remarks_and_trailing_commas_are_passed_over() {
        let text = "// {\n{ /* a\n, */ \"a\": \"https://x.no/, } /* */\", // }\n \
                    \"b\\\"//\": [1, 2 , // c\n], /**/\n}// end";
        let found: Vec<_> = read(text)
            .expect("JSON")
            .into_iter()
            .map(|e| (e.line.unwrap_or(0), e.key, e.read.to_string()))
            .collect();
        let expected = [
            (3, "a", "https://x.no/, } /* */"),
            (0, "b\"//:0", "1"),
            (0, "b\"//:1", "2"),
        ];
        assert_eq!(
            found,
            expected.map(|(l, k, v)| (l, k.to_owned(), v.to_owned()))
        );
    }

    #[test]
    fn what_is_neither_remark_nor_trailing_comma_stays_wrong() {
        for text in [
            "[,]",
            "{,}",
            "[1,,]",
            "{\"a\":,}",
            "[1],",
            "[1] /*",
            "[1 / 2]",
            "[\"a",
        ] {
            assert_eq!(read(text).err(), Some(1), "{text}");
        }
        // Each of these looks for its end once, not each on its own.
        assert_eq!(read(&"/*".repeat(1 << 18)).err(), Some(1));
        assert_eq!(read("{ // one\n /* two\n */ x }").err(), Some(3));
    }
}
