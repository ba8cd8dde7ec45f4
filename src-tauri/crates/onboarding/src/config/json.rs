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
/// is first seen. Errors with the line where the JSON ends to be JSON.
pub(crate) fn read(text: &str) -> Result<Vec<Entry>, usize> {
    let mut value: Value = serde_json::from_str(text).map_err(|error| error.line())?;
    let mut entries = Vec::new();
    flatten(&value, String::new(), &lines_of_names(text), &mut entries);
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
}
