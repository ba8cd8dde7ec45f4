//! Writes DER (X.690 §10), for the few structures made here.

use zeroize::Zeroizing;

use crate::ber::{INTEGER, NULL, OID, SEQUENCE, without_leading_zeros};

/// One element: tag, length, and the parts of its content one after the other.
///
/// The buffer is wiped afterwards, since it may hold a key; take a copy of what is public.
pub(crate) fn element(tag: u8, parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut out = Zeroizing::new(Vec::with_capacity(length + 10));
    out.push(tag);
    push_length(&mut out, length);
    for part in parts {
        out.extend_from_slice(part);
    }
    out
}

/// A SEQUENCE of finished elements.
pub(crate) fn sequence(parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
    element(SEQUENCE, parts)
}

/// A non-negative INTEGER of big-endian bytes, shortest form.
pub(crate) fn unsigned(magnitude: &[u8]) -> Zeroizing<Vec<u8>> {
    let magnitude = without_leading_zeros(magnitude);
    match magnitude.first() {
        Some(first) if *first < 0x80 => element(INTEGER, &[magnitude]),
        _ => element(INTEGER, &[&[0], magnitude]),
    }
}

/// An AlgorithmIdentifier with NULL parameters.
pub(crate) fn algorithm_with_null(oid: &[u8]) -> Zeroizing<Vec<u8>> {
    sequence(&[&element(OID, &[oid]), &element(NULL, &[])])
}

fn push_length(out: &mut Vec<u8>, length: usize) {
    if length < 0x80 {
        out.push(length as u8);
        return;
    }
    let bytes = length.to_be_bytes();
    let bytes = without_leading_zeros(&bytes);
    out.push(0x80 | bytes.len() as u8);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_shortest_form() {
        assert_eq!(*unsigned(&[0, 0]), [2, 1, 0]);
        assert_eq!(*unsigned(&[0, 0x7f]), [2, 1, 0x7f]);
        assert_eq!(*unsigned(&[0x80]), [2, 2, 0, 0x80]);
    }

    #[test]
    fn long_lengths_take_the_shortest_form() {
        assert_eq!(element(4, &[&[7; 127]])[..2], [4, 127]);
        assert_eq!(element(4, &[&[7; 200]])[..3], [4, 0x81, 200]);
        assert_eq!(element(4, &[&[7; 300]])[..4], [4, 0x82, 1, 44]);
    }
}
