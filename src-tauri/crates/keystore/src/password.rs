//! The spellings of a password that other programs put into files.
//!
//! RFC 7292 §B.1 wants UTF-16 with a terminator, and PBKDF2 takes bytes without saying which. What programs really
//! wrote differs as soon as a password has other than ASCII characters. All spellings here say the same characters.

use std::cell::Cell;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::{KeystoreError, Secret};

/// One password in all its spellings.
pub(crate) struct Password {
    /// As BMPStrings with terminator, for PKCS#12's own derivation; nothing at all is the null password.
    pub(crate) bmp: Spellings,
    /// As bytes, for PBKDF2.
    pub(crate) bytes: Spellings,
}

/// Spellings to be tried in turn; the one that proved right is tried first from then on.
pub(crate) struct Spellings {
    all: Vec<Zeroizing<Vec<u8>>>,
    right: Cell<usize>,
    /// How many, from the first, are the standard's.
    standard: usize,
}

impl Password {
    /// All spellings of a password as typed. Absent is the same as empty.
    pub(crate) fn new(typed: Option<&Secret<String>>) -> Self {
        // The spellings are made of the text itself.
        Self::of_text(typed.map_or("", |typed| typed.expose()))
    }

    /// How many times a derivation is done at most before the password is known to be wrong.
    pub(crate) fn spellings_max(&self) -> usize {
        self.bmp.all.len().max(self.bytes.all.len())
    }

    /// Once the MAC has proved the password, PBKDF2 may also have been fed its BMPString, as NSS up to 3.30 did. Not
    /// before: every wrong password would cost twice as much.
    pub(crate) fn add_proved_bmp(&mut self) {
        let proved = Zeroizing::new(self.bmp.all[self.bmp.right.get()].to_vec());
        self.bytes.add(proved);
    }

    /// The same password with another text, only to name what is wrong with a refused one.
    pub(crate) fn of_text(typed: &str) -> Self {
        let texts = texts(typed);
        let mut bmp = Spellings::empty();
        for text in &texts {
            bmp.add(utf16_with_terminator(text));
        }
        bmp.standard = bmp.all.len();
        if typed.is_empty() {
            bmp.add(Zeroizing::new(Vec::new()));
        }
        for text in &texts {
            // OpenSSL before 1.1 took each byte of the typed UTF-8 for a character.
            bmp.add(utf16_with_terminator(&bytes_as_characters(text.as_bytes())));
        }
        let mut bytes = Spellings::empty();
        for text in &texts {
            bytes.add(Zeroizing::new(text.as_bytes().to_vec()));
        }
        bytes.standard = bytes.all.len();
        for text in &texts {
            if let Some(latin1) = latin1(text) {
                bytes.add(latin1);
            }
            if !text.is_ascii() {
                bytes.add(utf16_with_terminator(text));
                bytes.add(Zeroizing::new(
                    bytes_as_characters(text.as_bytes()).as_bytes().to_vec(),
                ));
            }
        }
        Self { bmp, bytes }
    }
}

impl Spellings {
    /// The first result that `attempt` gives for a spelling.
    pub(crate) fn find<T>(
        &self,
        mut attempt: impl FnMut(&[u8]) -> Result<Option<T>, KeystoreError>,
    ) -> Result<Option<T>, KeystoreError> {
        let first = self.right.get();
        let others = (0..self.all.len()).filter(|at| *at != first);
        for at in std::iter::once(first).chain(others) {
            if let Some(result) = attempt(&self.all[at])? {
                self.right.set(at);
                return Ok(Some(result));
            }
        }
        Ok(None)
    }

    /// Whether the one that proved right is the standard's.
    pub(crate) fn is_right_standard(&self) -> bool {
        self.right.get() < self.standard
    }

    fn empty() -> Self {
        Self {
            all: Vec::new(),
            right: Cell::new(0),
            standard: 0,
        }
    }

    fn add(&mut self, spelling: Zeroizing<Vec<u8>>) {
        if !self.all.contains(&spelling) {
            self.all.push(spelling);
        }
    }
}

/// The password as typed, with composed letters, and with decomposed letters as macOS gives them.
fn texts(typed: &str) -> Vec<Zeroizing<String>> {
    let mut texts = vec![Zeroizing::new(typed.to_owned())];
    if !typed.is_ascii() {
        let composed = in_one_piece(typed.nfc(), typed);
        let decomposed = in_one_piece(typed.nfd(), typed);
        for other in [composed, decomposed] {
            if !texts.contains(&other) {
                texts.push(other);
            }
        }
    }
    texts
}

/// A buffer that grows leaves copies behind; no text becomes more than three times as long (Unicode, UAX #15 §9).
fn in_one_piece(characters: impl Iterator<Item = char>, typed: &str) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(3 * typed.len()));
    text.extend(characters);
    text
}

fn utf16_with_terminator(text: &str) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(2 * text.len() + 2));
    out.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    out.extend([0, 0]);
    out
}

/// Every byte as the character of that number, which is Latin-1; wiped afterwards, for it may hold a secret.
pub(crate) fn bytes_as_characters(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(2 * bytes.len()));
    text.extend(bytes.iter().map(|byte| char::from(*byte)));
    text
}

fn latin1(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut out = Zeroizing::new(Vec::with_capacity(text.len()));
    for c in text.chars() {
        out.push(u8::try_from(u32::from(c)).ok()?);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(typed: &str) -> (usize, usize) {
        let password = Password::of_text(typed);
        (password.bmp.all.len(), password.bytes.all.len())
    }

    #[test]
    fn an_ascii_password_has_one_spelling() {
        assert_eq!(count("changeit"), (1, 1));
    }

    #[test]
    fn the_empty_password_is_also_the_null_password() {
        let password = Password::new(None);
        assert_eq!(*password.bmp.all[0], [0, 0]);
        assert!(password.bmp.all[1].is_empty());
        assert_eq!(count(""), (2, 1));
    }

    #[test]
    fn letters_beyond_ascii_have_several_spellings() {
        let password = Password::of_text("å");
        let bmp: Vec<&[u8]> = password.bmp.all.iter().map(|bmp| bmp.as_slice()).collect();
        let decomposed: &[u8] = &[0, b'a', 3, 0x0a, 0, 0];
        assert_eq!(
            bmp[..3],
            [&[0, 0xe5, 0, 0], decomposed, &[0, 0xc3, 0, 0xa5, 0, 0]]
        );
        assert!(password.bytes.all.iter().any(|bytes| ***bytes == [0xe5]));
        // Outside the Basic Multilingual Plane: a pair of surrogates.
        let smile = Password::of_text("😀");
        assert_eq!(*smile.bmp.all[0], [0xd8, 0x3d, 0xde, 0x00, 0, 0]);
    }
}
