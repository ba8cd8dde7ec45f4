//! RSA private keys (RFC 8017 §A.1.2).

use aws_lc_rs::signature::RsaKeyPair;
use zeroize::Zeroizing;

use super::{PrivateKey, pkcs8, spki};
use crate::ber::{BerError, Reader, SEQUENCE, without_leading_zeros};
use crate::public_key::{KeyType, bit_length};
use crate::{KeystoreError, der, oid};

/// Reads an RSAPrivateKey. `restriction` is the AlgorithmIdentifier of a key that is for RSASSA-PSS alone.
pub(super) fn read(pkcs1: &[u8], restriction: Option<&[u8]>) -> Result<PrivateKey, KeystoreError> {
    let numbers = numbers(pkcs1).map_err(|_| KeystoreError::KeyDamaged)?;
    let parts: Vec<&[u8]> = numbers.iter().map(|number| number.as_slice()).collect();
    let canonical = der::sequence(&parts);
    let plain = der::algorithm_with_null(oid::RSA_ENCRYPTION);
    let identifier = restriction.unwrap_or(plain.as_slice());
    let public = spki(identifier, &der::sequence(&[&numbers[1], &numbers[2]]))?;
    let signer = match public.rsa_parts().map_or(0, |(n, _)| bit_length(n)) {
        // The library checks that all numbers fit together.
        2048..=8192 => {
            Some(RsaKeyPair::from_der(&canonical).map_err(|_| KeystoreError::KeyDamaged)?)
        }
        // It does not take other sizes, which are only shown; so this much is checked here.
        _ if is_product(&numbers[1], &numbers[4], &numbers[5]) => None,
        _ => return Err(KeystoreError::KeyDamaged),
    };
    Ok(PrivateKey {
        pkcs8: pkcs8(identifier, &canonical),
        key_type: KeyType::Rsa,
        signer: signer.filter(|_| public.allows_pkcs1()),
        public: Some(public),
    })
}

/// The nine numbers, each an INTEGER in DER: version, n, e, d, p, q, d mod (p-1), d mod (q-1), 1/q mod p.
fn numbers(pkcs1: &[u8]) -> Result<Vec<Zeroizing<Vec<u8>>>, BerError> {
    let mut fields = Reader::new(pkcs1).expect(SEQUENCE)?.inside()?;
    (0..9)
        .map(|_| fields.any()?.magnitude().map(der::unsigned))
        .collect()
}

/// Whether the first of three INTEGERs is the product of the others. Sizes that no one uses are not looked at.
fn is_product(n: &[u8], p: &[u8], q: &[u8]) -> bool {
    let magnitude = |integer| {
        Reader::new(integer)
            .any()
            .and_then(|tlv| tlv.magnitude())
            .unwrap_or_default()
    };
    let (n, p, q) = (magnitude(n), magnitude(p), magnitude(q));
    if p.len() + q.len() > 2 * FACTOR_BYTES_MAX {
        return true;
    }
    // A product is as long as its factors together, or one byte shorter: only then is it worth multiplying.
    if p.len() + q.len() != n.len() && p.len() + q.len() != n.len() + 1 {
        return false;
    }
    // Schoolbook multiplication, least byte first.
    let mut product = Zeroizing::new(vec![0u8; p.len() + q.len()]);
    for (at, p) in p.iter().rev().enumerate() {
        let mut carry = 0u16;
        for (by, q) in q.iter().rev().chain(&[0]).enumerate() {
            carry += u16::from(product[at + by]) + u16::from(*p) * u16::from(*q);
            product[at + by] = carry as u8;
            carry >>= 8;
        }
    }
    product.reverse();
    without_leading_zeros(&product) == n
}

const FACTOR_BYTES_MAX: usize = 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_checked() {
        let integer = |bytes: &[u8]| der::unsigned(bytes);
        let check =
            |n: &[u8], p: &[u8], q: &[u8]| is_product(&integer(n), &integer(p), &integer(q));
        assert!(check(
            &[0xff, 0xfe, 0x00, 0x01],
            &[0xff, 0xff],
            &[0xff, 0xff]
        ));
        assert!(!check(
            &[0xff, 0xfe, 0x00, 0x02],
            &[0xff, 0xff],
            &[0xff, 0xff]
        ));
        assert!(check(&[6], &[2], &[3]));
        assert!(check(&[2, 0xfd], &[3], &[0xff]));
        assert!(!check(&[], &[2], &[3]));
    }
}
