//! A tolerant reader of BER and DER (X.690).
//!
//! Other programs write indefinite lengths and strings in pieces (Bouncy Castle, NSS), so both are read.
//! Nothing is allocated by a declared length, and nesting is limited.

use std::ops::Deref;

use zeroize::Zeroizing;

use crate::KeystoreError;

/// One element: tag, and the content without end-of-contents bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tlv<'a> {
    /// The identifier octet; tag numbers above 30 do not occur in our formats.
    pub(crate) tag: u8,
    /// The content octets.
    pub(crate) content: &'a [u8],
    /// The whole element, as it stands.
    pub(crate) raw: &'a [u8],
    depth: u8,
}

/// Reads elements one after the other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    depth: u8,
}

/// Why an element could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BerError {
    /// The bytes end inside an element.
    Truncated,
    /// Not BER, or not the element expected.
    Invalid,
}

/// Octets that may have stood in pieces.
pub(crate) enum Octets<'a> {
    /// They stood in one piece.
    Whole(&'a [u8]),
    /// They were joined; wiped afterwards, for they may hold a key.
    Joined(Zeroizing<Vec<u8>>),
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, depth: 0 }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The next element, whatever its tag.
    pub(crate) fn any(&mut self) -> Result<Tlv<'a>, BerError> {
        let (tlv, rest) = split(self.bytes, self.depth)?;
        self.bytes = rest;
        Ok(tlv)
    }

    /// The next element, which must have this tag.
    pub(crate) fn expect(&mut self, tag: u8) -> Result<Tlv<'a>, BerError> {
        let tlv = self.any()?;
        if tlv.tag == tag {
            Ok(tlv)
        } else {
            Err(BerError::Invalid)
        }
    }

    /// The next element if it has this tag; otherwise nothing is read.
    pub(crate) fn optional(&mut self, tag: u8) -> Result<Option<Tlv<'a>>, BerError> {
        match self.bytes.first() {
            Some(first) if *first == tag => self.any().map(Some),
            _ => Ok(None),
        }
    }

    /// The next element, which must be a string of octets, in one piece or several.
    pub(crate) fn octets(&mut self) -> Result<Octets<'a>, BerError> {
        self.any()?.octets()
    }
}

impl<'a> Tlv<'a> {
    /// A reader over the content.
    pub(crate) fn inside(&self) -> Result<Reader<'a>, BerError> {
        if self.depth >= MAX_DEPTH {
            return Err(BerError::Invalid);
        }
        Ok(Reader {
            bytes: self.content,
            depth: self.depth + 1,
        })
    }

    /// The octets of an OCTET STRING, or of an implicitly tagged one, with its pieces joined.
    pub(crate) fn octets(&self) -> Result<Octets<'a>, BerError> {
        if self.tag & CONSTRUCTED == 0 {
            return match self.tag {
                OCTET_STRING => Ok(Octets::Whole(self.content)),
                tag if tag & CLASS_MASK == CONTEXT => Ok(Octets::Whole(self.content)),
                _ => Err(BerError::Invalid),
            };
        }
        if self.tag & !CONSTRUCTED != OCTET_STRING && self.tag & CLASS_MASK != CONTEXT {
            return Err(BerError::Invalid);
        }
        let mut joined = Zeroizing::new(Vec::with_capacity(self.content.len()));
        self.join(&mut joined)?;
        Ok(Octets::Joined(joined))
    }

    fn join(&self, joined: &mut Vec<u8>) -> Result<(), BerError> {
        let mut pieces = self.inside()?;
        while !pieces.is_empty() {
            let piece = pieces.any()?;
            match piece.tag {
                OCTET_STRING => joined.extend_from_slice(piece.content),
                tag if tag == OCTET_STRING | CONSTRUCTED => piece.join(joined)?,
                _ => return Err(BerError::Invalid),
            }
        }
        Ok(())
    }

    /// A non-negative INTEGER that fits; larger ones are `u64::MAX`.
    pub(crate) fn number(&self) -> Result<u64, BerError> {
        let magnitude = self.magnitude()?;
        if magnitude.len() > 8 {
            return Ok(u64::MAX);
        }
        Ok(magnitude
            .iter()
            .fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    }

    /// The bytes of a non-negative INTEGER without leading zeros.
    pub(crate) fn magnitude(&self) -> Result<&'a [u8], BerError> {
        match self.content.first() {
            Some(first) if self.tag == INTEGER && *first < 0x80 => {
                Ok(without_leading_zeros(self.content))
            }
            _ => Err(BerError::Invalid),
        }
    }

    /// The bytes of a BIT STRING that has no unused bits.
    pub(crate) fn bits(&self) -> Result<&'a [u8], BerError> {
        match self.content.split_first() {
            Some((0, bits)) if self.tag == BIT_STRING => Ok(bits),
            _ => Err(BerError::Invalid),
        }
    }
}

impl Deref for Octets<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Whole(octets) => octets,
            Self::Joined(octets) => octets,
        }
    }
}

impl BerError {
    /// The same fault, told about a file of that length.
    pub(crate) fn in_file(self, length: usize, what: &'static str) -> KeystoreError {
        match self {
            Self::Truncated => KeystoreError::Truncated { at: length },
            Self::Invalid => KeystoreError::Damaged { what },
        }
    }

    /// The same fault, told about a part that was complete on its own.
    pub(crate) fn in_part(self, what: &'static str) -> KeystoreError {
        KeystoreError::Damaged { what }
    }
}

/// The SEQUENCE that a file of one structure is. Only it can be cut off: what is missing within it is damage.
///
/// # Errors
/// `Truncated`, `Damaged`.
pub(crate) fn outermost<'a>(bytes: &'a [u8], what: &'static str) -> Result<Tlv<'a>, KeystoreError> {
    let outer = Reader::new(bytes).expect(SEQUENCE);
    outer.map_err(|error| error.in_file(bytes.len(), what))
}

/// Bytes of a number without the zeros in front.
pub(crate) fn without_leading_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    &bytes[zeros..]
}

fn split(bytes: &[u8], depth: u8) -> Result<(Tlv<'_>, &[u8]), BerError> {
    let (tag, after_tag) = bytes.split_first().ok_or(BerError::Truncated)?;
    if tag & TAG_NUMBER == TAG_NUMBER {
        return Err(BerError::Invalid);
    }
    let (first, after_first) = after_tag.split_first().ok_or(BerError::Truncated)?;
    if *first == INDEFINITE {
        return split_indefinite(bytes, *tag, after_first, depth);
    }
    let (length, content) = match first {
        0..INDEFINITE => (usize::from(*first), after_first),
        _ => long_length(usize::from(first & 0x7f), after_first)?,
    };
    if content.len() < length {
        return Err(BerError::Truncated);
    }
    let (content, rest) = content.split_at(length);
    let raw = &bytes[..bytes.len() - rest.len()];
    Ok((
        Tlv {
            tag: *tag,
            content,
            raw,
            depth,
        },
        rest,
    ))
}

fn long_length(count: usize, bytes: &[u8]) -> Result<(usize, &[u8]), BerError> {
    if count > 8 {
        return Err(BerError::Invalid);
    }
    if bytes.len() < count {
        return Err(BerError::Truncated);
    }
    let (length, rest) = bytes.split_at(count);
    let length = length
        .iter()
        .fold(0u64, |sum, byte| sum << 8 | u64::from(*byte));
    Ok((usize::try_from(length).unwrap_or(usize::MAX), rest))
}

/// X.690 §8.1.3.6: elements until one whose tag and length are both zero.
fn split_indefinite<'a>(
    bytes: &'a [u8],
    tag: u8,
    inside: &'a [u8],
    depth: u8,
) -> Result<(Tlv<'a>, &'a [u8]), BerError> {
    if tag & CONSTRUCTED == 0 || depth >= MAX_DEPTH {
        return Err(BerError::Invalid);
    }
    let mut rest = inside;
    while !rest.starts_with(&[0, 0]) {
        rest = split(rest, depth + 1)?.1;
    }
    let content = &inside[..inside.len() - rest.len()];
    let rest = &rest[2..];
    let raw = &bytes[..bytes.len() - rest.len()];
    Ok((
        Tlv {
            tag,
            content,
            raw,
            depth,
        },
        rest,
    ))
}

pub(crate) const BOOLEAN: u8 = 0x01;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const NULL: u8 = 0x05;
pub(crate) const OID: u8 = 0x06;
pub(crate) const ENUMERATED: u8 = 0x0a;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;
/// `[0]`, `[1]`, …, primitive.
pub(crate) const CONTEXT: u8 = 0x80;
/// `[0]`, `[1]`, …, constructed.
pub(crate) const CONTEXT_CONSTRUCTED: u8 = 0xa0;

const CONSTRUCTED: u8 = 0x20;
const CLASS_MASK: u8 = 0xc0;
const TAG_NUMBER: u8 = 0x1f;
const INDEFINITE: u8 = 0x80;
/// Far deeper than any format read here, far shallower than a stack.
const MAX_DEPTH: u8 = 48;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn indefinite_lengths_and_pieces_are_joined() {
        // [0] { OCTET STRING in two pieces } followed by one more element.
        let bytes = [
            0xa0, 0x80, 0x24, 0x80, 0x04, 1, b'a', 0x04, 2, b'b', b'c', 0, 0, 0, 0, 0x05, 0,
        ];
        let mut reader = Reader::new(&bytes);
        let outer = reader.any().unwrap();
        assert_eq!(outer.raw.len(), 15);
        assert_eq!(&*outer.inside().unwrap().octets().unwrap(), b"abc");
        assert_eq!(reader.any().unwrap().tag, NULL);
        assert!(reader.is_empty());
    }

    #[test]
    fn what_is_cut_off_is_told_from_what_is_wrong() {
        let check = |bytes: &[u8], expected| {
            assert_eq!(Reader::new(bytes).any().unwrap_err(), expected, "{bytes:?}")
        };
        check(&[], BerError::Truncated);
        check(&[0x30], BerError::Truncated);
        check(&[0x30, 0x82, 1], BerError::Truncated);
        check(&[0x30, 3, 1, 2], BerError::Truncated);
        check(&[0x30, 0x80, 4, 1, 7], BerError::Truncated);
        check(&[0x30, 0xff], BerError::Invalid);
        check(&[0x04, 0x80, 0, 0], BerError::Invalid);
        check(&[0x3f, 0x80], BerError::Invalid);
        check(
            &[0x30, 0x88, 255, 255, 255, 255, 255, 255, 255, 255, 0],
            BerError::Truncated,
        );
    }

    #[test]
    fn deep_nesting_ends() {
        assert_eq!(
            Reader::new(&[0x30, 0x80].repeat(100_000))
                .any()
                .unwrap_err(),
            BerError::Invalid
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut reader = Reader::new(&bytes);
            while let Ok(tlv) = reader.any() {
                let _ = (tlv.octets().map(|octets| octets.len()), tlv.number(), tlv.bits());
            }
        }
    }
}
