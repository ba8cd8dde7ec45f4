//! Block ciphers in CBC mode with PKCS#7 padding. Only reading: nothing is encrypted here.

use aws_lc_rs::cipher::{
    AES_128, AES_192, AES_256, Algorithm, DecryptionContext, PaddedBlockDecryptingKey,
    UnboundCipherKey,
};
use aws_lc_rs::iv::FixedLength;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockCipherDecrypt, BlockModeDecrypt, InnerIvInit, KeyInit};
use zeroize::Zeroizing;

/// A cipher. DES and RC2 are weak, and read only because old files use them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cipher {
    Aes128,
    Aes192,
    Aes256,
    TripleDes,
    TwoKeyTripleDes,
    /// With a key of that many bits, all of them effective.
    Rc2(usize),
}

impl Cipher {
    /// The length of the key in bytes.
    pub(crate) fn key_len(self) -> usize {
        match self {
            Self::Aes128 | Self::TwoKeyTripleDes => 16,
            Self::Aes192 | Self::TripleDes => 24,
            Self::Aes256 => 32,
            Self::Rc2(bits) => bits / 8,
        }
    }

    /// The length of a block, and so of the initialisation vector, in bytes.
    pub(crate) fn block_len(self) -> usize {
        match self {
            Self::Aes128 | Self::Aes192 | Self::Aes256 => 16,
            Self::TripleDes | Self::TwoKeyTripleDes | Self::Rc2(_) => 8,
        }
    }

    /// Whether it is weak today.
    pub(crate) fn is_legacy(self) -> bool {
        self.block_len() == 8
    }

    /// Such as `AES-256-CBC`.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Aes128 => "AES-128-CBC".into(),
            Self::Aes192 => "AES-192-CBC".into(),
            Self::Aes256 => "AES-256-CBC".into(),
            Self::TripleDes => "3DES-CBC".into(),
            Self::TwoKeyTripleDes => "2-key 3DES-CBC".into(),
            Self::Rc2(bits) => format!("RC2-{bits}-CBC"),
        }
    }

    /// Decrypts and takes the padding off. None where key and data do not fit: usually a wrong password.
    pub(crate) fn decrypt(self, key: &[u8], iv: &[u8], data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        if data.is_empty()
            || !data.len().is_multiple_of(self.block_len())
            || iv.len() != self.block_len()
        {
            return None;
        }
        match self {
            Self::Aes128 => aes(&AES_128, key, iv, data),
            Self::Aes192 => aes(&AES_192, key, iv, data),
            Self::Aes256 => aes(&AES_256, key, iv, data),
            Self::TripleDes => block(des::TdesEde3::new_from_slice(key).ok()?, iv, data),
            Self::TwoKeyTripleDes => block(des::TdesEde2::new_from_slice(key).ok()?, iv, data),
            Self::Rc2(bits) => block(rc2::Rc2::new_with_eff_key_len(key, bits), iv, data),
        }
    }
}

fn aes(
    algorithm: &'static Algorithm,
    key: &[u8],
    iv: &[u8],
    data: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let key =
        PaddedBlockDecryptingKey::cbc_pkcs7(UnboundCipherKey::new(algorithm, key).ok()?).ok()?;
    let context = DecryptionContext::Iv128(FixedLength::try_from(iv).ok()?);
    let mut buffer = Zeroizing::new(data.to_vec());
    let length = key.decrypt(&mut buffer, context).ok()?.len();
    buffer.truncate(length);
    Some(buffer)
}

fn block<C: BlockCipherDecrypt>(cipher: C, iv: &[u8], data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mode = cbc::Decryptor::inner_iv_slice_init(cipher, iv).ok()?;
    let mut buffer = Zeroizing::new(data.to_vec());
    let length = mode.decrypt_padded::<Pkcs7>(&mut buffer).ok()?.len();
    buffer.truncate(length);
    Some(buffer)
}
