use std::{collections::HashSet, path::Path};

use maskinporten::OrgNumber;
use serde::Serialize;
use ts_rs::TS;

use crate::{Failure, adapters::read_keystore_file};

/// Customers read out of a pasted text or a CSV file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct ReadConsumers {
    /// Nine digits each, in the order they came, each once.
    pub consumers: Vec<String>,
    /// Numbers of the lines that hold something, but no organisation number; from 1.
    pub unread: Vec<u32>,
    /// How many came more than once.
    pub repeated: u32,
}

/// Reads organisation numbers out of any list: one a line, or a table with other columns beside.
///
/// Spaces, quotes, `0192:` and `NO … MVA` around the digits are understood. A first line without a
/// number is taken for the heading of a table.
///
/// Errors with `consumers_too_many` beyond 10,000.
pub fn read_consumers(text: &str) -> Result<ReadConsumers, Failure> {
    let mut read = ReadConsumers::default();
    let mut seen = HashSet::new();
    for (index, line) in text.lines().enumerate() {
        let fields: Vec<&str> = line.split([';', ',', '\t']).collect();
        let numbers: Vec<OrgNumber> = fields.iter().filter_map(|field| number(field)).collect();
        let is_empty = line
            .chars()
            .all(|c| c.is_whitespace() || ";,\u{feff}".contains(c));
        let is_heading = index == 0 && !line.contains(|c: char| c.is_ascii_digit());
        if numbers.is_empty() && !is_empty && !is_heading {
            read.unread
                .push(u32::try_from(index + 1).unwrap_or(u32::MAX));
        }
        for number in numbers {
            match seen.insert(number.to_string()) {
                true => read.consumers.push(number.to_string()),
                false => read.repeated += 1,
            }
        }
        if read.consumers.len() > CONSUMERS_MAX {
            return Err(Failure::new("consumers_too_many").with("limit", CONSUMERS_MAX.to_string()));
        }
    }
    Ok(read)
}

/// The same from a file, which may be in UTF-8 or in the old Windows alphabet: digits are the same
/// in both.
pub fn read_consumers_file(path: &Path) -> Result<ReadConsumers, Failure> {
    let bytes = read_keystore_file(path)?;
    // A list of customers, no secret: only the reader of small files is borrowed.
    read_consumers(&String::from_utf8_lossy(bytes.expose()))
}

fn number(field: &str) -> Option<OrgNumber> {
    let plain: String = field
        .chars()
        .filter(|c| !c.is_whitespace() && !"\"'.\u{feff}".contains(*c))
        .collect();
    let upper = plain.to_ascii_uppercase();
    let digits = upper.strip_prefix("0192:").unwrap_or(&upper);
    let digits = digits.strip_prefix("NO").unwrap_or(digits);
    digits.strip_suffix("MVA").unwrap_or(digits).parse().ok()
}

const CONSUMERS_MAX: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_in_any_list() {
        for (text, consumers, unread, repeated) in [
            ("313045285", &["313045285"][..], &[][..], 0),
            (
                "313 045 285\r\n310\u{a0}886\u{a0}424\n\n",
                &["313045285", "310886424"],
                &[],
                0,
            ),
            (
                "313045285, 310886424;313045285",
                &["313045285", "310886424"],
                &[],
                1,
            ),
            (
                "\u{feff}Kunde;Orgnr\n\"Granitt AS\";\"313045285\"\nFjord;123456789\n",
                &["313045285"],
                &[3],
                0,
            ),
            (
                "0192:313045285\nNO 310 886 424 MVA",
                &["313045285", "310886424"],
                &[],
                0,
            ),
            ("313045285\nhallo\n;;", &["313045285"], &[2], 0),
            ("12345678901", &[], &[1], 0),
            ("", &[], &[], 0),
        ] {
            let read = read_consumers(text).expect(text);
            assert_eq!(
                (
                    read.consumers
                        .iter()
                        .map(String::as_str)
                        .collect::<Vec<_>>(),
                    read.unread,
                    read.repeated
                ),
                (consumers.to_vec(), unread.to_vec(), repeated),
                "{text}"
            );
        }
    }
}
