//! Finds the word that was meant.

use std::collections::BTreeSet;

use strsim::osa_distance;

/// The one among `known` that is at most two slips from `text`, when none is equal and one is
/// nearest. A slip is a letter changed, added, left out or swapped with its neighbour; upper and
/// lower case are the same.
pub(super) fn nearest<'a>(text: &str, known: &BTreeSet<&'a str>) -> Option<&'a str> {
    if known.contains(text) {
        return None;
    }
    if text.len() > LENGTH_MAX {
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
        .map(|word| (osa_distance(&lower, &word.to_lowercase()), *word))
        .filter(|(slips, _)| *slips <= slips_max)
        .collect();
    near.sort_unstable();
    match near.as_slice() {
        [(first, _), (second, _), ..] if first == second => None,
        [(_, word), ..] => Some(*word),
        [] => None,
    }
}

const SLIPS_MAX: usize = 2;
const SHORT: usize = 12;

/// Longer ones are no scopes, and are not compared.
const LENGTH_MAX: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

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
