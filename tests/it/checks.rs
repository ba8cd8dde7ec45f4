//! What the practice Maskinporten looks at is told in the window, in words.

use std::collections::BTreeSet;

use simulator::Check;

use crate::tree;

#[test]
fn every_check_has_words_in_every_language_and_no_words_are_left_over() {
    let checks: BTreeSet<&str> = Check::ALL.iter().map(|check| check.as_str()).collect();
    assert_eq!(checks.len(), Check::ALL.len(), "each has a name of its own");
    for language in ["nb", "nn", "en"] {
        let texts = tree::read(&format!("ui/src/i18n/{language}/practice.ts"));
        let (_, told) = texts.split_once("\n  check: {\n").unwrap();
        let (told, _) = told.split_once("\n  },\n").unwrap();
        let keys = told.lines().filter_map(|line| line.trim().split_once(": "));
        let keys: BTreeSet<&str> = keys.map(|(key, _)| key).collect();
        assert_eq!(keys, checks, "{language}");
    }
}
