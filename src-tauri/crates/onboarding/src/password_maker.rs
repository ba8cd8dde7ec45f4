use keystore::Secret;

use crate::Failure;

/// Makes a password of a hundred random bits: twenty characters in four groups, none of which is
/// easily mistaken for another, and all of which Java can read.
pub(crate) fn make_password() -> Result<Secret<String>, Failure> {
    let mut random = [0; LENGTH];
    getrandom::fill(&mut random).map_err(|_| Failure::new("internal"))?;
    Ok(Secret::new(spell(random)))
}

/// Five bits of each byte choose a character.
fn spell(random: [u8; LENGTH]) -> String {
    let character = |byte: &u8| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]);
    let groups = random.chunks(GROUP);
    let groups: Vec<String> = groups
        .map(|group| group.iter().map(character).collect())
        .collect();
    groups.join("-")
}

const LENGTH: usize = 20;
const GROUP: usize = 5;

/// Thirty-two, so that every byte gives each with the same chance. Without `l`, `o`, `0` and `1`.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_has_a_hundred_bits_and_no_letters_to_mistake() {
        assert_eq!(
            spell(std::array::from_fn(|at| u8::try_from(at).expect("small"))),
            "abcde-fghij-kmnpq-rstuv"
        );
        assert_eq!(spell([255; LENGTH]), "99999-99999-99999-99999");
        let all: std::collections::BTreeSet<&u8> = ALPHABET.iter().collect();
        assert_eq!(all.len(), 32, "each character once");
    }

    #[test]
    fn no_two_are_the_same() {
        let made = || make_password().expect("random bytes").expose().clone();
        assert_ne!(made(), made());
    }
}
