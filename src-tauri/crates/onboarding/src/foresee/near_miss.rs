//! Finds the word that was meant.

use std::collections::BTreeSet;

/// The one among `known` that is at most two slips from `text`, when none is equal and one is
/// nearest. Upper case and lower case, and a prefix left out, are slips too.
pub(super) fn nearest<'a>(text: &str, known: &BTreeSet<&'a str>) -> Option<&'a str> {
    if known.contains(text) {
        return None;
    }
    let lower = text.to_lowercase();
    // A short word is two slips from many.
    let slips_max = if lower.chars().count() < SHORT {
        1
    } else {
        SLIPS_MAX
    };
    let mut near: Vec<(usize, &str)> = known
        .iter()
        .map(|word| (slips(&lower, &word.to_lowercase()), *word))
        .filter(|(slips, _)| *slips <= slips_max)
        .collect();
    near.sort_unstable();
    match near.as_slice() {
        [(first, _), (second, _), ..] if first == second => None,
        [(_, word), ..] => Some(*word),
        [] => None,
    }
}

/// How many letters must be changed, added, taken away or swapped with their neighbour (the
/// optimal string alignment distance).
fn slips(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let differs = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + differs);
            let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if swapped {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

const SLIPS_MAX: usize = 2;
const SHORT: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        for (a, b, expected) in [
            ("", "", 0),
            ("abc", "abc", 0),
            ("abc", "abd", 1),
            ("abc", "acb", 1),
            ("abc", "abcd", 1),
            ("abc", "bc", 1),
            ("", "abc", 3),
            ("løsøre", "losore", 2),
        ] {
            assert_eq!(slips(a, b), expected, "{a} {b}");
            assert_eq!(slips(b, a), expected, "{b} {a}");
        }
    }

    #[test]
    fn the_word_that_was_meant_is_found_and_no_other_is_guessed() {
        let known = BTreeSet::from([
            "altinn:broker.read",
            "altinn:broker.write",
            "bits:kundeforhold",
            "brreg:losore/tlg",
            "brreg:reelle/rapporteringspliktig",
            "brreg:reelle/rapporteringspliktig.begrenset",
        ]);
        for (text, expected) in [
            ("brreg:reelle/rapporteringspliktig", None),
            (
                "brreg:reelle/raporteringspliktig",
                Some("brreg:reelle/rapporteringspliktig"),
            ),
            (
                "Brreg:Reelle/Rapporteringspliktig",
                Some("brreg:reelle/rapporteringspliktig"),
            ),
            ("brreg:løsøre/tlg", Some("brreg:losore/tlg")),
            ("brreg:lsoore/tlg", Some("brreg:losore/tlg")),
            ("bits:kundeforhodl", Some("bits:kundeforhold")),
            ("altinn:broker.delete", None),
            ("nav:noe", None),
        ] {
            assert_eq!(nearest(text, &known), expected, "{text}");
        }
    }
}
